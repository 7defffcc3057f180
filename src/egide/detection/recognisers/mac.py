"""MAC addresses: six pairs of hexadecimal digits with ":" or "-", or three groups of four with dots.

Source: IEEE 802, EUI-48.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import said
from egide.detection.view import View

_PAIRS = re.compile(r"[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-z]|[:-][0-9a-f]{2})")
_DOTTED = re.compile(r"[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9a-z.])")
_BARE = re.compile(r"(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])")
_CUE = re.compile(r"\bmac\b|adresse physique|\bhwaddr|\bether\b|\blladdr")
_REASON = "Adresse MAC d'un appareil."


def _search(view: View) -> Iterator[Finding]:
    low = view.low
    for mark in ":-":
        at = low.find(mark)
        while at >= 0:
            if low[at + 3 : at + 4] == mark and low[at + 6 : at + 7] == mark and at >= 2:
                match = _PAIRS.match(low, at - 2)
                if match and _free(low, at - 3, mark) and _hexadecimal(view, match, mark):
                    yield Finding(*match.span(), "MAC", 0.97, "mac", _REASON)
            at = low.find(mark, at + 1)
    if "mac" in view.vocabulary or "ether" in view.vocabulary:
        for pattern in (_DOTTED, _BARE):
            for match in pattern.finditer(low):
                if said(view, match.start(), _CUE):
                    yield Finding(*match.span(), "MAC", 0.9, "mac", _REASON)


def _free(low: str, before: int, mark: str) -> bool:
    """Nothing of a longer word or number stands at ``before``."""
    return before < 0 or not (low[before].isalnum() or low[before] == mark)


def _hexadecimal(view: View, match: re.Match[str], mark: str) -> bool:
    """Not only digits behind hyphens, which may be a date and time or a part number."""
    return mark == ":" or any(map(str.isalpha, match.group())) or said(view, match.start(), _CUE)


RECOGNISER = Recogniser(
    id="mac",
    labels=("MAC",),
    source="IEEE 802 (EUI-48)",
    search=_search,
    accepted=(
        "imprimante ⟦00:1B:44:11:3A:B7⟧",
        "⟦00-1b-44-11-3a-b7⟧",
        "MAC ⟦001b.4411.3ab7⟧",
        "adresse mac : ⟦001B44113AB7⟧",
    ),
    refused=("12:30:45", "réunion 10-11-12-13-14-15", "00:1B:44:11:3A:B7:99", "001B44113AB7"),
)
