"""Spanish identity numbers: DNI (eight digits, a letter) and NIE of foreigners (X, Y or Z, seven, a letter).

The letter is the number mod 23 in "TRWAGMYFPDXBNJZSQVHLCKE"; X, Y, Z are read as 0, 1, 2. A compact DNI
needs a text that speaks of Spain or of identity; with dots, or as a NIE, its letter is enough.
Source: Real Decreto 1553/2005 (DNI), article 11; Real Decreto 557/2011, article 206 (NIE); Orden
INT/2058/2008.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_KIND: Final = Kind("es_dni", "ID_CARD", "Numéro d'identité espagnol (DNI ou NIE)")
_DNI = re.compile(r"(?<![a-z0-9.])([0-9]{8}|[0-9]{1,2}\.[0-9]{3}\.[0-9]{3})[ -]?([a-z])(?![a-z0-9])")
_NIE = re.compile(r"(?<![a-z0-9])([xyz])[ -]?([0-9]{7}|[0-9]\.[0-9]{3}\.[0-9]{3})[ -]?([a-z])(?![a-z0-9])")
_CUE = re.compile(r"\bdni\b|\bnie\b|\bnif\b|documento (?:nacional )?de identidad")
_WORDS = words("dni nie nif identidad espagne espagnol espagnole espana spain spanish senor senora calle")
_LETTERS: Final = "trwagmyfpdxbnjzsqvhlcke"


_FOREIGN: Final = frozenset("xyz")


def right(body: str, letter: str) -> bool:
    """``letter`` is that of the digits of ``body``, whose first may be X, Y or Z (folded)."""
    return _LETTERS[int(body.translate(_FIRST)) % 23] == letter


_FIRST: Final = str.maketrans("xyz", "012", ".")


def _starts(view: View) -> list[int]:
    """Where the digits of a candidate begin: eight or seven in a row, or "12.345.678"."""
    low, sized = view.low, view.runs.by_size
    starts = [start for start, _ in (*sized.get(8, ()), *sized.get(7, ()))]
    dots = view.runs.by_follower.get(".", ())
    return starts + [start for start, end in dots if low[end + 4 : end + 5] == "." and end - start < 3]


def _match(low: str, start: int) -> re.Match[str] | None:
    """The number whose digits begin at ``start``, with the letter before them if there is one."""
    for first in (start - 1, start - 2):
        if low[first : first + 1] in _FOREIGN:
            return _NIE.match(low, first) or _DNI.match(low, start)
    return _DNI.match(low, start)


def _search(view: View) -> Iterator[Finding]:
    for start in _starts(view):
        match = _match(view.low, start)
        if not match:
            continue
        *body, letter = match.groups()
        cued = not _WORDS.isdisjoint(view.vocabulary)
        sure = "." in match.group() or view.text[match.start()].isupper()
        if right("".join(body), letter):
            if sure or cued:
                yield _KIND.exact(*match.span())
        elif cued and said(view, match.start(), _CUE):
            yield _KIND.wrong(*match.span())


RECOGNISER = Recogniser(
    id="es_dni",
    labels=("ID_CARD",),
    source="Espagne : Real Decreto 1553/2005, article 11 ; Real Decreto 557/2011, article 206",
    search=_search,
    accepted=(
        "DNI ⟦12345678Z⟧",
        "Señora Ruiz, ⟦12345678-Z⟧",
        "⟦12.345.678-Z⟧",
        "NIE ⟦X1234567L⟧",
        "Le salarié ⟦X-1234567-L⟧ arrive lundi",
        "DNI : ⟦12345678A⟧",
    ),
    refused=(
        "12345678Z",
        "12.345.678-A",
        "X1234567A",
        "plan 20240911-A",
        "12.345.678 €",
        "DNI en cours, 12345678 pièces",
    ),
    needs_digit=True,
)
