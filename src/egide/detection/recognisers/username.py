"""Account names by what is said of them: "login : vgrosjean", "user=b.quentel", "@nom".

An everyday word after a weak cue ("le compte client", "l'utilisateur final") is not a name: there it must
hold a digit, a dot, a hyphen or an underscore.
Source: usage of configuration files and of social networks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import ACCOUNT, words
from egide.detection.view import View

_STRONG: Final = words(
    "login logins user username utilisateur identifiant pseudo pseudonyme userid uid samaccountname "
    "members nickname skype ",
    "handle db_user account pseudos",
)
_WEAK: Final = words(
    "compte session utilisateur identifiant user login pseudo insta instagram twitter tiktok snap admin "
    "connexion skype"
)
_SIGN = re.compile(r"(?:_?name)?(?:\(s\))?[\"']?\]? ?(?:=>|:=|[:=]|(?<=[\"']),)\s?[\"']?" + ACCOUNT)
_IS = re.compile(
    r" (?:(?:de connexion|windows|ovh|gmail|par defaut|admin|actuel)? ?)(?:est|c'est|c|sera|=|→) [\"'«]? ?"
    + ACCOUNT
)
_BESIDE = re.compile(r"(?: (?:admin|sous|de|du|n°|reseau|:))? [\"'«]? ?" + ACCOUNT)
_OPENED = re.compile(r"ouverte? par " + ACCOUNT)
_HANDLE = re.compile(r"(@[a-z0-9][a-z0-9._]{2,30}[a-z0-9])(?![a-z0-9@.]*@)")
_OPEN: Final = words("ouvert ouverte")
_PLAIN: Final = words(
    "root admin user client clients est sont pour avec dans sans oui non aucun aucune personnel bancaire "
    "rendu inconnu invalide ",
    "incorrect null none true false string text varchar mot valide requis obligatoire actif inactif bloque",
)
_REASON: Final = "Nom de compte d'après le contexte."


def _marked(value: str) -> bool:
    """Letters together with a digit, a dot, a hyphen, an underscore or a backslash, and not a plain word."""
    return any(map(str.isalpha, value)) and any(c in "0123456789._\\@" for c in value)


def _said(view: View) -> Iterator[tuple[int, int]]:
    low = view.low
    for word in _STRONG & view.vocabulary:
        for _, end in view.places(word):
            match = _SIGN.match(low, end) or _IS.match(low, end)
            if match and match[1] not in _PLAIN and not match[1].isdigit():
                yield match.span(1)
    for word in _WEAK & view.vocabulary:
        for _, end in view.places(word):
            match = _BESIDE.match(low, end) or _SIGN.match(low, end)
            if (
                match
                and match[1] not in _PLAIN
                and not _date(match[1])
                and (_marked(match[1]) or _with_password(low, match.end()))
            ):
                yield match.span(1)


_PASSWORD = re.compile(r"[\"'»]?[ ,;/\n]{1,3}(?:et |le |son )?(?:mdp|mot de passe|password|pass\b|pwd)")


def _with_password(low: str, end: int) -> bool:
    """A password is said next: "Session hboulanger, mot de passe ..."."""
    return _PASSWORD.match(low, end) is not None


def _date(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+(?:h|e|er|eme|x|k|m)[0-9]*|[a-z]\.?[0-9.]*", value))


def _handles(view: View) -> Iterator[tuple[int, int]]:
    for at in view.occurrences("@"):
        match = _HANDLE.match(view.low, at) if at == 0 or view.low[at - 1] in " \n\t(:«" else None
        if match and _handle(view, match):
            yield match.span(1)


def _handle(view: View, match: re.Match[str]) -> bool:
    """A pseudonym ("@jp_tarn82"), or any word after "@" beside the name of a network."""
    return any(c in "._0123456789" for c in match[1]) or not view.vocabulary.isdisjoint(_NETWORKS)


_NETWORKS: Final = words(
    "insta instagram twitter tiktok snap snapchat facebook linkedin youtube compte pseudo discord "
    "telegram mastodon"
)


def _search(view: View) -> Iterator[Finding]:
    spans = [*_said(view)]
    if not _OPEN.isdisjoint(view.vocabulary):
        spans += [match.span(1) for match in view.matches(_OPENED, "ouvert")]
    if "@" in view.low:
        spans += _handles(view)
    for start, end in spans:
        yield Finding(start, end, "USERNAME", 0.8, "username", _REASON)


RECOGNISER = Recogniser(
    id="username",
    labels=("USERNAME",),
    source="usage des fichiers de configuration ; usage des réseaux sociaux",
    search=_search,
    accepted=(
        '"login": "⟦vgrosjean⟧"',
        "Ta session : ⟦s.ostermann⟧, merci",
        "auth: échec connexion user=⟦mlefloch⟧ ip=91",
        "sous l'identifiant ⟦pcastaing64⟧.",
        "l'identifiant c'est ⟦caisse2⟧",
        "avec son pseudo ⟦jp_tarn82⟧",
        "Insta : ⟦@terres.aristide⟧",
        "compte ⟦QUINIOU\\presta⟧ /",
        "DB_USER=⟦svc_compta⟧",
        "session ouverte par ⟦j.morvan⟧ à 8 h",
        "define('DB_USER', '⟦poney_wp⟧');",
        "Session ⟦hboulanger⟧, mot de passe provisoire",
        "au compte ⟦cgueye-chantier2⟧.",
    ),
    refused=(
        "le compte client est ouvert",
        "l'utilisateur final valide",
        "identifiant : aucun",
        "compte rendu de la session du 12/03",
        "session ouverte à 9 h",
        "user experience",
        "@reboot /usr/local/bin",
        "compte 2h30 de travail",
    ),
)
