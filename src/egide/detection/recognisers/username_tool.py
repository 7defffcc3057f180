"""Account names where a tool writes them: a log, a command, a folder: "/home/troy", "ssh root@...".

The form proves what the word is, an everyday one too ("root", "backup"): the name model does not take it
back. Source: usage of system logs (RFC 5424, sshd), of command lines and of home folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import ACCOUNT, words
from egide.detection.view import View

_LOG = re.compile(
    r"(?:(?:failed|accepted) (?:password|publickey) for|session opened for user|invalid user|sudo:) "
    r"(?:invalid user )?" + ACCOUNT
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
_CLIENTS: Final = words("mysql mysqldump psql curl smbclient ldapsearch mongo sqlcmd")
_COPIERS: Final = words("ssh scp rsync sftp")
_REASON: Final = "Nom de compte écrit par un outil."

# A pattern, the words without one of which it is not tried, and what each of its matches begins with.
_TOOLS: Final = (
    (
        _LOG,
        words("failed accepted sudo invalid opened"),
        ("failed ", "accepted ", "session opened", "invalid user", "sudo:"),
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


def _search(view: View) -> Iterator[Finding]:
    for pattern, cues, heads in _TOOLS:
        if not cues.isdisjoint(view.vocabulary):
            for match in view.matches(pattern, *heads):
                if len(match[1]) > 1 and match[1] not in ("public", "default", "shared"):
                    yield Finding(*match.span(1), "USERNAME", 0.85, "username_tool", _REASON)


RECOGNISER = Recogniser(
    id="username_tool",
    labels=("USERNAME",),
    source="RFC 5424 ; journaux de sshd ; usage des lignes de commande",
    search=_search,
    accepted=(
        "Failed password for ⟦corinne⟧ from 18",
        r"C:\Users\⟦thomas.lebreton⟧\Documents",
        "/home/⟦fcastellani⟧/compta",
        "$ mysqldump -u ⟦backup⟧ -p",
        "$ ssh ⟦root⟧@51.178.44.12",
        '-SamAccountName "⟦odelcourt⟧"',
    ),
    refused=(
        "une méthode pour vos utilisateurs / clients",
        "le dossier /home est plein",
        "scp du dossier vers le serveur",
    ),
)
