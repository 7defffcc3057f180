"""Account names by what is said of them: "login : vgrosjean", "user=b.quentel", "C:\\Users\\t.roy", "@nom".

An everyday word after a weak cue ("le compte client", "l'utilisateur final") is not a name: there it must
hold a digit, a dot, a hyphen or an underscore.
Source: usage of system logs (RFC 5424, sshd), of configuration files and of social networks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.view import View

_NAME: Final = r"([a-z0-9@][a-z0-9._@\\+-]{1,38}[a-z0-9])(?![a-z0-9@])"
_STRONG: Final = words(
    "login logins user username utilisateur identifiant pseudo pseudonyme userid uid samaccountname "
    "members nickname skype ",
    "handle db_user account pseudos",
)
_WEAK: Final = words(
    "compte session utilisateur identifiant user login pseudo insta instagram twitter tiktok snap admin "
    "connexion skype"
)
_SIGN = re.compile(r"(?:_?name)?(?:\(s\))?[\"']?\]? ?(?:=>|:=|[:=]|(?<=[\"']),)\s?[\"']?" + _NAME)
_IS = re.compile(
    r" (?:(?:de connexion|windows|ovh|gmail|par defaut|admin|actuel)? ?)(?:est|c'est|c|sera|=|→) [\"'«]? ?"
    + _NAME
)
_BESIDE = re.compile(r"(?: (?:admin|sous|de|du|n°|reseau|:))? [\"'«]? ?" + _NAME)
_LOG = re.compile(
    r"(?:(?:failed|accepted) (?:password|publickey) for|session opened for user|invalid user|ouverte? "
    r"par|sudo:) (?:invalid user )?" + _NAME
)
_SAM = re.compile(
    r"(?:-(?:samaccountname|members) [\"']?|\b(?:bin/passwd|useradd|adduser|chown) )([a-z][a-z0-9._-]{1,38})"
)
_FOLDER = re.compile(r"(?:[\\/]users[\\/]+|/home/|/utilisateurs/)([a-z0-9][a-z0-9._-]{1,38})")
_OPTION = re.compile(
    r"(?:mysql|mysqldump|psql|curl|smbclient|ldapsearch|mongo|sqlcmd)[^\n]{0,80}? -(?:u|"
    r"-user(?:name)?)[ =]?[\"']?([a-z0-9][a-z0-9._-]{1,38})"
)
_SSH = re.compile(r"(?:ssh|scp|rsync|sftp)[^\n]{0,60}? ([a-z_][a-z0-9._-]{0,31})@[a-z0-9]")
_HANDLE = re.compile(r"(@[a-z0-9][a-z0-9._]{2,30}[a-z0-9])(?![a-z0-9@.]*@)")
_PLAIN: Final = words(
    "root admin user client clients est sont pour avec dans sans oui non aucun aucune personnel bancaire "
    "rendu inconnu invalide ",
    "incorrect null none true false string text varchar mot valide requis obligatoire actif inactif bloque",
)
_CLIENTS: Final = words("mysql mysqldump psql curl smbclient ldapsearch mongo sqlcmd")
_COPIERS: Final = words("ssh scp rsync sftp")
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


# A pattern, the words without one of which it is not tried, and what each of its matches begins with.
_TOOLS: Final = (
    (
        _LOG,
        words("failed accepted ouverte ouvert sudo invalid opened"),
        ("failed ", "accepted ", "session opened", "invalid user", "ouvert", "sudo:"),
    ),
    (
        _SAM,
        words("samaccountname members passwd useradd adduser chown"),
        ("-samaccountname", "-members", "bin/passwd", "useradd", "adduser", "chown"),
    ),
    (
        _FOLDER,
        words("users home utilisateurs"),
        ("/users", "\\users", "/home/", "/utilisateurs/"),
    ),
    (_OPTION, _CLIENTS, tuple(_CLIENTS)),
    (_SSH, _COPIERS, tuple(_COPIERS)),
)


def _technical(view: View) -> Iterator[tuple[int, int]]:
    for pattern, cues, heads in _TOOLS:
        if not cues.isdisjoint(view.vocabulary):
            for match in view.matches(pattern, *heads):
                if len(match[1]) > 1 and match[1] not in ("public", "default", "shared"):
                    yield match.span(1)


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
    spans = [*_said(view), *_technical(view)]
    if "@" in view.low:
        spans += _handles(view)
    for start, end in spans:
        yield Finding(start, end, "USERNAME", 0.8, "username", _REASON)


RECOGNISER = Recogniser(
    id="username",
    labels=("USERNAME",),
    source="RFC 5424 ; journaux de sshd ; usage des réseaux sociaux",
    search=_search,
    accepted=(
        '"login": "⟦vgrosjean⟧"',
        "Ta session : ⟦s.ostermann⟧, merci",
        "auth: échec connexion user=⟦mlefloch⟧ ip=91",
        "sous l'identifiant ⟦pcastaing64⟧.",
        "l'identifiant c'est ⟦caisse2⟧",
        "avec son pseudo ⟦jp_tarn82⟧",
        "Failed password for ⟦corinne⟧ from 18",
        r"C:\Users\⟦thomas.lebreton⟧\Documents",
        "/home/⟦fcastellani⟧/compta",
        "Insta : ⟦@terres.aristide⟧",
        "compte ⟦QUINIOU\\presta⟧ /",
        "$ mysqldump -u ⟦backup⟧ -p",
        "$ ssh ⟦root⟧@51.178.44.12",
        "DB_USER=⟦svc_compta⟧",
        "define('DB_USER', '⟦poney_wp⟧');",
        "Session ⟦hboulanger⟧, mot de passe provisoire",
        '-SamAccountName "⟦odelcourt⟧"',
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
