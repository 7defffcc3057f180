"""Passwords said in French or English: "le mdp du serveur est ...", "mot de passe : ...", "reset du pwd =>".

Behind a plain sign (":", "=", quotes) any word is a password unless it speaks about one ("obligatoire",
"oublié"); without a sign the word must look like one: a digit, an inner capital or a special character.
Source: CNIL, délibération n° 2022-100 du 21 juillet 2022 (mots de passe); usage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.recognisers._secrets import NOT_SECRET, looks_secret, strip
from egide.detection.view import View

_CUES: Final = words("mdp passe password passwd passphrase passcode pwd pass psw wifi wpa ssid kennwort")
# Between the cue and the value: "du serveur", "provisoire", "de la boîte partagée", never a sentence's end.
_WIDE: Final = r"(?:[ _-](?!est\b|c'est\b)[a-z0-9àé'()/-]{1,24}){0,7}?"
_SIGN = re.compile(
    rf"s?{_WIDE}[\"']? ?(?:\(.{{0,30}}?\))? ?(?:=>|->|→|:=|[:=])[ \t]?\n?[ \t]*([\"'«“]? ?)(\S{{1,4000}})"
)
_VERB = re.compile(
    rf"s?{_WIDE} (?:est|c'est|c|sera|etait|devient|devenu|reste|etant|is|was|will be)(?=[ :])"
    rf"(?: (?:desormais|maintenant|toujours|donc|encore|now|still|:))? ?([\"'«“]? ?)(\S{{1,4000}})"
)
_BESIDE = re.compile(
    r"s?(?: (?:initial|provisoire|temporaire|admin|actuel|invite|du wifi|wifi|key|cle|code|telesurv\.|"
    r"perso|maitre|reseau|root|par defaut)){0,3} ([\"'«“(]? ?)(\S{1,4000})"
)
_TRIED = re.compile(r"(?:essaye|tape|tapez|saisi|saisissez|mets|mettez|entrez) ([\"'«“]? ?)(\S{1,4000})")
_TRIES: Final = words("essaye tape tapez saisi saisissez mets mettez entrez")
_WHOLE_PHRASE = re.compile(
    r"[^,;.\n]{0,60}?\b(?:majuscules?|minuscules?|diese|arobase|tiret|en chiffres?|underscore)\b(?: puis "
    r"[a-z0-9-]+)?"
)
_REASON: Final = "Mot de passe d'après le contexte."


def _values(view: View, cue: str, end: int) -> Iterator[tuple[int, int]]:
    low, text = view.low, view.text
    if cue == "passe" and not low[max(0, end - 14) : end - 5].rstrip().endswith(("mot de", "mots de", "mot")):
        return
    for pattern, sure in ((_SIGN, True), (_VERB, False), (_BESIDE, False)):
        match = pattern.match(low, end)
        if not match:
            continue
        quoted = any(mark in match[1] for mark in "\"'«“")
        start, stop = strip(text, match.start(2), match.end(2), quoted)
        if text.startswith(("${", "{{", "$(", "%("), match.start(2)):
            continue  # a variable stands for the value
        value = text[start:stop]
        if (
            value.startswith(("-", "/", "unix:"))
            or "://" in value
            or stop - start < 3
            or low[start:stop] in NOT_SECRET
        ):
            continue
        phrase = _WHOLE_PHRASE.match(low, start) if pattern is not _BESIDE else None
        plain = (sure or quoted) and cue != "wifi" and _ends(low, stop)
        if phrase or plain or looks_secret(value):
            yield start, max(stop, phrase.end() if phrase else stop)
            return


def _ends(low: str, stop: int) -> bool:
    """Nothing of a sentence goes on after the word ("mot de passe : au moins douze signes")."""
    rest = low[stop : stop + 24].lstrip(" ")
    return (
        not rest
        or not rest[0].isalpha()
        or rest.startswith(("et ", "pour ", "mais ", "puis ", "a ", "ou ", "je ", "le ", "avec "))
    )


def _search(view: View) -> Iterator[Finding]:
    for cue in _CUES & view.vocabulary:
        for start_, end in view.places(cue):
            if view.low[start_ - 1 : start_] in ("_", "-", "$") and start_:
                continue  # a name of a setting: secret_assigned
            for start, stop in _values(view, cue, end):
                yield Finding(start, stop, "SECRET", 0.9, "secret_said", _REASON)
    if not _TRIES.isdisjoint(view.vocabulary) and not _CUES.isdisjoint(view.vocabulary):
        for match in view.matches(_TRIED, *(f"{verb} " for verb in _TRIES)):
            start, stop = strip(view.text, match.start(2), match.end(2), bool(match[1].strip()))
            if looks_secret(view.text[start:stop]) and stop - start > 5:
                yield Finding(start, stop, "SECRET", 0.7, "secret_said", _REASON)
    if not _ACCOUNTS.isdisjoint(view.vocabulary) and " / " in view.low:
        for start, stop in _pairs(view):
            yield Finding(start, stop, "SECRET", 0.7, "secret_said", _REASON)


def _pairs(view: View) -> Iterator[tuple[int, int]]:
    """A name and its password on one line: "admin / vitrail29"."""
    for at in view.occurrences(" / "):
        match = _AFTER_SLASH.match(view.text, at + 3)
        value = match[1] if match else ""
        varied = any(map(str.islower, value)) and any(map(str.isdigit, value))
        if match and varied and looks_secret(value) and not view.low[at - 1].isspace():
            yield match.span(1)


_AFTER_SLASH = re.compile(r"([^\s/|;,]{6,40})(?=\s|$|[,;.)])")
_ACCOUNTS: Final = words(
    "mdp login password passe identifiant admin acces compte wifi root user utilisateur connexion sa"
)
RECOGNISER = Recogniser(
    id="secret_said",
    labels=("SECRET",),
    source="CNIL, délibération n° 2022-100 (mots de passe)",
    search=_search,
    accepted=(
        "le mdp du serveur est ⟦Bidule#44⟧",
        "mot de passe : ⟦lampadaire⟧",
        "compte scanner / mot de passe ⟦Scan_2023!⟧, tu vois",
        "mot de passe provisoire ⟦Mirabelle.2611⟧. Le coffre",
        "wifi key ⟦chenes-3-bleu⟧, balance",
        "wifi : réseau atelier_invites, mdp ⟦bienvenue-chez-nous-35⟧, et",
        "reset du pwd fait ce matin => ⟦Hiver2024*tmp⟧. ticket",
        "le mdp du wifi c'est ⟦Chouquette78!⟧ et pour",
        "mot de passe télésurv. « ⟦coquelicot⟧ »",
        '"mdp_initial": "⟦Soud@2026!vG⟧"',
        "l'ancien mdp ⟦Pompon2019⟧, j'arrive",
        "password: ⟦Summer2024⟧",
        "le mot de passe de la boîte partagée est ⟦Tr0ub4dor⟧",
        "mot de passe\u00a0:\n⟦Azerty-1789⟧",
        "the password is ⟦Summer2024!⟧",
        "the password for the server is ⟦Tr0ub4dor&3⟧",
        "the wifi password is ⟦coffee-beans-42⟧",
        "routeur 192.168.8.1 admin / ⟦vitrail29⟧",
        "le mot de passe c'est ⟦soleil avec un s majuscule puis quarante-deux⟧ et",
    ),
    refused=(
        "le mot de passe est obligatoire",
        "mot de passe : 12 caractères au moins",
        "j'ai oublié mon mot de passe",
        "un mot de passe robuste est conseillé",
        "Le mot de passe est expiré depuis lundi",
        "le wifi est en panne au premier étage",
        "mot de passe : au moins douze signes",
        "Mot de passe oublié ? Cliquez",
        "il passe à 18 h",
        "the password is required",
        "Your password is at least 12 characters long",
        "Password: required",
        "the password was reset yesterday",
        "changer de mot de passe tous les 90 jours",
        "la différence entre depends_on et links, puis le mot de passe en variable",
    ),
    words=_CUES | _ACCOUNTS,
)
