"""E-mail addresses, plain and disguised: "jean.dupont [at] orange [dot] fr", "arobase ... point fr".

Source: RFC 5321 and RFC 5322 (addr-spec); RFC 6531 (accents).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_LOCAL: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+'&=~!#$*/?^{|}-")
_DOMAIN = re.compile(r" ?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+))(?![a-z0-9@])")
_DOT: Final = r"(?: ?\. ?| ?[\[({<] ?(?:dot|point|\.) ?[\])}>] ?| (?:dot|point|pt) )"
_JOIN: Final = rf"(?:{_DOT}| (?:tiret(?: du bas)?|underscore|moins|dash) |[_+-])"
_LEFT = re.compile(rf"(?:(?<![a-z0-9._-])[a-z0-9]+(?:{_JOIN}[a-z0-9]+){{0,5}}) ?$")
_RIGHT = re.compile(
    rf" ?[a-z0-9]+(?:(?:-| tiret )[a-z0-9]+){{0,4}}(?:{_DOT}[a-z0-9]+(?:(?:-| tiret "
    rf")[a-z0-9]+){{0,3}}){{0,3}}{_DOT}[a-z]{{2,12}}(?![a-z])"
)
_AT = re.compile(
    r"[\[({<] ?(?:at|arobase|a|@|chez|arroba) ?[\])}>]|(?<= )(?:arobas[e]?|arobaze|at|chez) |"
    r"(?<=[a-z0-9])_at_|(?<=[a-z0-9])-at-"
)
_PLAIN: Final = "Adresse électronique."
_DISGUISED: Final = "Adresse électronique écrite pour échapper aux robots."


def _plain(view: View) -> Iterator[Finding]:
    low = view.low
    at = low.find("@")
    while at >= 0:
        domain = _DOMAIN.match(low, at + 1)
        if domain:
            start = _local(low, at)
            if start < at:
                yield Finding(start, domain.end(1), "EMAIL", 0.99, "email", _PLAIN)
        at = low.find("@", at + 1)


def _local(low: str, at: int) -> int:
    """Start of the local part that ends before ``at``."""
    stop = at - 1 if low[at - 1 : at] == " " and low[at + 1 : at + 2] == " " else at
    start = stop
    while start and low[start - 1] in _LOCAL:
        start -= 1
    while start < stop and low[start] in "./'-=?&*!{|}$#":
        start += 1
    # What stands before "=", "?" or "'" is not of the address ("mailto?to=a@b.fr", "l'a@b.fr").
    for mark in "=/?'|{":
        start = max(start, low.rfind(mark, start, stop) + 1)
    return start if start < stop else at


def _signs(low: str) -> Iterator[re.Match[str]]:
    """Every sign that may stand for "@", looked for from the literals that it holds."""
    past = -1
    for at in sorted(at for sign in (*_SIGNS, "chez ") for at in _all(low, sign)):
        match = _AT.search(low, max(0, at - 1), at + 14) if at > past else None
        if match and match.start() > past:
            past = match.start()
            yield match


def _all(low: str, sign: str) -> Iterator[int]:
    at = low.find(sign)
    while at >= 0:
        yield at
        at = low.find(sign, at + 1)


def _disguised(view: View) -> Iterator[Finding]:
    low = view.low
    for match in _signs(low):
        right = _RIGHT.match(low, match.end())
        left = _LEFT.search(low, max(0, match.start() - 70), match.start()) if right else None
        if right and left and _convincing(match.group(), right.group()):
            yield Finding(_trimmed(low, left.start()), right.end(), "EMAIL", 0.9, "email", _DISGUISED)


_FILLER = re.compile(r"(?:(?:c'est|mail|email|adresse|a|est|sur|ecris|ecrire|contact :) )+")


def _trimmed(low: str, start: int) -> int:
    filler = _FILLER.match(low, start)
    return filler.end() if filler else start


def _convincing(sign: str, domain: str) -> bool:
    """Plain words ("at", "chez") need the dot to be disguised or to join a known ending."""
    if sign.strip() in ("at", "chez"):
        return "[" in domain or "(" in domain or " dot " in domain or " point " in domain
    return True


def _search(view: View) -> Iterator[Finding]:
    if "@" in view.low:
        yield from _plain(view)
    low = view.low
    spelled = not _SPELLED.isdisjoint(view.vocabulary) and "chez " in low
    if spelled or "arob" in low or _signed(view):
        yield from _disguised(view)


def _signed(view: View) -> bool:
    """One of ``_SIGNS`` is there; a look at its bracket, or for the word, comes first."""
    signs = list(_AT_SIGNS) if "at" in view.vocabulary else []
    for bracket, row in _BRACKETED.items():
        if bracket in view.low:
            signs += row
    return any(map(view.low.__contains__, signs))


_SPELLED: Final = frozenset({"point", "dot"})
_AT_SIGNS: Final = (" at ", "_at_", "-at-")
_BRACKETED: Final = {"(": ("(a", "( a", "(@"), "[": ("[a", "[ a", "[@"), "{": ("{a",), "<": ("<a",)}
_SIGNS: Final = ("arob", *_AT_SIGNS, *(sign for row in _BRACKETED.values() for sign in row))
RECOGNISER = Recogniser(
    id="email",
    labels=("EMAIL",),
    source="RFC 5321, RFC 5322, RFC 6531",
    search=_search,
    accepted=(
        "courriel : ⟦NOEMIE.PETIT@LAPOSTE.NET⟧",
        "⟦diop_amelie69@sous.domaine-pme.eu⟧,",
        "cc <⟦yanis.petit+pro@laposte.net⟧>.",
        "⟦noémie.côté@mairie-évry.fr⟧",
        "⟦jean.dupont [at] orange [dot] fr⟧",
        "⟦jean.dupont(a)orange.fr⟧",
        "⟦jean.dupont (at) orange.fr⟧",
        "son mail c'est ⟦yasmina point belkacem arobase gmail point com⟧",
        "c'est ⟦paul tiret guivarch arobase cabinet tiret elorn point fr⟧",
        "⟦jean.dupont @ orange.fr⟧",
        "⟦jean dot dupont at orange dot fr⟧",
        "mailto:⟦a.b@exemple.fr⟧?subject=x",
        '{"mail": "⟦a.b@exemple.fr⟧"}',
        "écris à l'adresse de l'⟦accueil@exemple.fr⟧",
    ),
    refused=(
        "suivez-nous @egide",
        "un achat (a) et une vente (b)",
        "arobase est le nom du signe",
        "look at the point",
        "3 pommes @ 2 euros",
    ),
)
