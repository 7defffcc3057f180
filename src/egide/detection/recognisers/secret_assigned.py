"""Secrets in code, settings and commands: ``PASSWORD=...``, ``"api_key": "..."``, ``-p'...'``, headers.

Variables and templates (``${PASSWORD}``, ``os.environ``) and words that stand for a value are left alone.
Source: OWASP Secrets Management; CWE-798 (hard-coded credentials).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.recognisers._secrets import placeholder, strip
from egide.detection.view import View

_ROOTS: Final = (
    "pass",
    "pwd",
    "psw",
    "mdp",
    "secret",
    "token",
    "jeton",
    "key",
    "cookie",
    "credential",
    "salt",
    "psk",
    "session",
)
_NAME = re.compile(
    r"(?:pass(?:word|wd|phrase)?|pwd|psw|mdp|secret|token|jeton|credentials?|salt|cookie|psk|session_?id|"
    r"(?:api|auth|access|private|preshared|secret|application|app|encryption|signing|master|account|"
    r"license|ssh|[a-z0-9]*_)[_-]?key)"
    r"(?:[_-][a-z0-9_-]{1,14}|s|[0-9]{1,3})?[\"'\])]{0,2}$"
)
_VALUE = re.compile(
    r"(?:=>|:=|[=:,])[ \t]*(?:convertto-securestring |new |[bufr](?=[\"'])|\{[a-z0-9]+\} ?|bearer |basic )?"
    r"([\"'`]?)((?<=[\"'`])[^\"'`\n]{3,4000}|[^\s\"'`,;]{3,4000})"
)
_HEADER = re.compile(
    r"(?:authorization[\"']? ?[:=] ?[\"']?(?:bearer|basic|token) |x-api-key[\"']? ?[:=] ?[\"']?|bearer "
    r")([a-z0-9._~+/=-]{6,4000})"
)
_HEADERS: Final = ("authorization", "x-api-key", "bearer ")
_OPTION = re.compile(
    r"[^\n]{0,160}?(?: |`)(?:-p ?|-w ?|-a |--password[= ]|--pass[= ]|-passwd? )([\"']?)([^\s\"'`]{3,100})"
)
_USERPASS = re.compile(r"\bcurl\b[^\n]{0,160}? (?:-u|--user)[ =]?[\"']?[^\s:\"']{1,60}:([^\s\"'@]{3,100})")
_CUES: Final = words("authorization bearer key")
_COMMANDS: Final = words(
    "mysql mysqldump mariadb mongo mongodump sshpass curl smbclient psql redis sqlcmd net ldapsearch "
    "keytool zip z openssl docker az htpasswd"
)
_REASON: Final = "Mot de passe ou clé écrit dans un réglage, du code ou une commande."


def _signs(low: str) -> Iterator[re.Match[str]]:
    """The value behind every sign that follows the name of a secret."""
    for mark in "=:," if "define(" in low else "=:":
        at = low.find(mark)
        while at >= 0:
            head = low[max(0, at - 30) : at].rstrip(" \t")
            if any(root in head for root in _ROOTS) and _NAME.search(head):
                match = _VALUE.match(low, at)
                if match:
                    yield match
            at = low.find(mark, at + 1)


def _assigned(view: View) -> Iterator[tuple[int, int]]:
    for match in _signs(view.low):
        if (
            placeholder(match[2])
            or match[2].startswith(("(", "function", "http://", "https://"))
            or _sentence(match)
        ):
            continue
        start, end = match.span(2)
        yield (start, end) if match[1] else strip(view.text, start, end, False)


def _sentence(match: re.Match[str]) -> bool:
    """Prose rather than a setting: a plain word or a number behind a colon ("passe : 3 buts")."""
    value = match[2].rstrip(".,;:)!?")
    return not match[1] and match.group()[0] != "=" and (value.isalpha() or len(value) < 4)


def _search(view: View) -> Iterator[Finding]:
    spans: list[tuple[int, int]] = []
    if any(root in view.low for root in _ROOTS):
        spans += _assigned(view)
    if not _CUES.isdisjoint(view.vocabulary):
        spans += [match.span(1) for match in view.matches(_HEADER, *_HEADERS) if not placeholder(match[1])]
    if not _COMMANDS.isdisjoint(view.vocabulary) and (" -" in view.low or "`" in view.low):
        for command in _COMMANDS & view.vocabulary:
            for _, end in view.places(command):
                match = _OPTION.match(view.low, end)
                spans += [match.span(2)] if match and _option(match) else []
        if "curl" in view.vocabulary:
            spans += [match.span(1) for match in _USERPASS.finditer(view.low)]
    for start, end in spans:
        if start < end:  # closing brackets alone are no value
            yield Finding(start, end, "SECRET", 0.93, "secret_assigned", _REASON)


def _option(match: re.Match[str]) -> bool:
    """Not a port, a path or another option."""
    value = match[2]
    return (
        not value.isdigit()
        and not value.startswith(("-", "/", "$", ":"))
        and not re.fullmatch(r"[0-9]+:[0-9]+", value)
    )


RECOGNISER = Recogniser(
    id="secret_assigned",
    labels=("SECRET",),
    source="OWASP, Secrets Management ; CWE-798",
    search=_search,
    accepted=(
        "DB_PASSWORD=⟦Gr3nache!Noir_84⟧",
        "export DB_PASS='⟦Gr1v3-au-Nid!88⟧'",
        'password="⟦Tulipe#59bis⟧")',
        "`mysql -h 51.77.203.14 -u root -p ⟦Bidule#44⟧`",
        "mysqldump -u backup -p'⟦Ch@ussette-67⟧' gestion",
        "mysql -u root -p⟦Bidule#44⟧",
        "spring.datasource.password=⟦Ecu&Denier/1360⟧",
        "define('DB_PASSWORD', '⟦hn8!Etrier-Bleu⟧');",
        'app_password = "⟦qzrt lmyb oxkc wgfa⟧"',
        "JWT_SECRET=⟦b6f1c0a97e334d7c9b52⟧",
        "userPassword: {SSHA}⟦q1TzW0c7nH2bLx9eVdRk⟧",
        '-H "X-Api-Key: ⟦hv-3e9c-77d1-b0aa⟧"',
        'curl -H "authorization: bearer ⟦sk_live_9fTq27LmXe04⟧"',
        "$pass = '⟦Uchimata#29⟧';",
        "api_key_private = ⟦77e0f1a9935d4f8c8a3b⟧",
        '{"client_secret": "⟦Yx0p4LrNs9Tb6Vc1Wd8Fg3Hj5Km7⟧"}',
        "PresharedKey = ⟦mZx8QpL0s7Yt2Wc5Rb1Nk4Hv=⟧",
        "curl -u admin:⟦S3same!⟧ https",
    ),
    refused=(
        "PASSWORD=${DB_PASSWORD}",
        "password = os.environ['DB_PASSWORD']",
        "password: ********",
        "mot clé : transition",
        "la clé : une écoute sincère",
        "ssh -p 2222 root",
        "docker run -p 8080:80 nginx",
        "Token : il faut le demander",
        "passe : 3 buts",
        "secrétariat : 12345",
        "passage : 4471B",
    ),
)
