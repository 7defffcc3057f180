"""Connection strings: ``scheme://user:password@host`` and ``Server=...;User Id=...;Password=...``.

The whole string is hidden: the host and the user tell as much as the password.
Source: RFC 3986, section 3.2.1; PostgreSQL, "Connection URIs"; ADO.NET connection strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_USER = re.compile(r"[^\s/@:\"'<>]{0,80}:[^\s/@\"'<>]{1,500}@[^\s\"'<>`)]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.:-]{1,30}$")
_PAIRS = re.compile(
    r"(?:(?:server|data source|host|user ?id|uid|database|initial catalog|dbname|accountname|endpoint|"
    r"defaultendpointsprotocol|port|user|username|driver|"
    r"sharedaccesskeyname|encrypt|trusted_connection|password|pwd|accountkey|sharedaccesskey|tcp) ?= "
    r"?[^;\n\"]{1,120};? ?){2,}"
)
_SECRET = re.compile(r"(?:password|pwd|accountkey|sharedaccesskey) ?= ?[^;\n\s\"]+")


def _search(view: View) -> Iterator[Finding]:
    low = view.low
    at = low.find("://")
    while at >= 0:
        match = _USER.match(low, at + 3)
        scheme = _SCHEME.search(low, max(0, at - 31), at)
        if match and scheme:
            end = match.end()
            while low[end - 1] in ".,;:":
                end -= 1
            yield Finding(
                scheme.start(),
                end,
                "SECRET",
                0.97,
                "connection_string",
                "Adresse de connexion avec mot de passe.",
            )
        at = low.find("://", at + 3)
    if ";" in low:
        for secret in _SECRET.finditer(low) if "=" in low else ():
            line = low.rfind("\n", 0, secret.start()) + 1
            for pairs in _PAIRS.finditer(low, max(line, secret.start() - 300), secret.end() + 300):
                if pairs.start() <= secret.start() < pairs.end():
                    end = pairs.start() + len(pairs.group().rstrip())
                    yield Finding(pairs.start(), end, "SECRET", 0.95, "connection_string", _REASON)


_REASON = "Chaîne de connexion avec mot de passe."
RECOGNISER = Recogniser(
    id="connection_string",
    labels=("SECRET",),
    source="RFC 3986, 3.2.1 ; PostgreSQL, Connection URIs ; ADO.NET",
    search=_search,
    accepted=(
        "REDIS_URL=⟦redis://:kT9-vhQ2zz@redis.int.exemple.com:6379/0⟧",
        "⟦postgresql+psycopg://app:Secret1@db.exemple.fr/paie⟧ merci",
        "⟦https://maitre:jeton4471@git.exemple.fr/paie.git⟧",
        'cs="⟦Server=db1;Database=paie;User Id=sa;Password=Sa2019!;⟧"',
    ),
    refused=("https://exemple.fr/a@b", "voir http://exemple.fr:8080/", "a=1; b=2;"),
    anchors=("://", "password", "pwd", "key"),
)
