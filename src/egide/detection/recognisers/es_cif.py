"""Spanish company number (CIF, NIF of legal persons): a letter for its kind, seven digits, a control.

The control is the digit of Luhn, or the letter of "JABCDEFGHI" at its place for some kinds (P, Q, R, S,
N, W); registers mix the two, so both are read as right. Two in twenty pass: it needs a cue.
Source: Orden EHA/451/2008, articles 2 to 5 and annex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_KIND: Final = Kind("es_cif", "SIREN", "Numéro d'entreprise espagnol (CIF)")
_FORM = re.compile(r"(?<![a-z0-9])([abcdefghjnpqrsuvw])[ -]?([0-9]{7})[ -]?([0-9a-j])(?![a-z0-9])")
_CUE = re.compile(r"\bcif\b|\bnif\b|\bc\.i\.f\b|\bn\.i\.f\b")
_WORDS = words("cif nif f")
_LETTERS: Final = "jabcdefghi"


def right(body: str, control: str) -> bool:
    """``control`` is that of the seven digits of ``body``, as a digit or as a letter (folded)."""
    digit = next(d for d in "0123456789" if luhn(body + d))
    return control in (digit, _LETTERS[int(digit)])


def _search(view: View) -> Iterator[Finding]:
    sized = view.runs.by_size
    for start, _ in (*sized.get(8, ()), *sized.get(7, ())):
        match = _FORM.match(view.low, start - 1) if start else None
        match = match or (_FORM.match(view.low, start - 2) if start > 1 else None)
        if match and said(view, match.start(), _CUE):
            yield (_KIND.exact if right(match[2], match[3]) else _KIND.wrong)(*match.span())


RECOGNISER = Recogniser(
    id="es_cif",
    labels=("SIREN",),
    source="Espagne : Orden EHA/451/2008, articles 2 à 5",
    search=_search,
    accepted=(
        "CIF ⟦B12345674⟧",
        "NIF: ⟦A-58818501⟧",
        "C.I.F. ⟦Q2826000H⟧",
        "CIF ⟦B12345675⟧",
    ),
    refused=("B12345674", "référence B-12345674", "CIF en cours, 12345674 pièces"),
    words=_WORDS,
    needs_digit=True,
)
