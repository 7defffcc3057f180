"""Italian fiscal code (codice fiscale): "RSSMRA85T10A562S", with its check letter.

Six letters of the names, year, letter of the month, day (grown by 40 for women), place, check letter.
Digits may be letters when two people would share a code (omocodia): L M N P Q R S T U V for 0 to 9.
Source: decreto del Ministro delle finanze 23 dicembre 1976, n. 13813; Agenzia delle Entrate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said
from egide.detection.view import View

_KIND: Final = Kind("it_codice_fiscale", "TAX_NUMBER", "Codice fiscale italien")
_D: Final = "[0-9lmnpqrstuv]"
_FORM = re.compile(
    rf"(?<![a-z0-9])([a-z]{{3}}) ?([a-z]{{3}}) ?({_D}{{2}}[abcdehlmprst]{_D}{{2}}) ?([a-z]{_D}{{3}}) ?([a-z])"
    r"(?![a-z0-9])"
)
_MONTHS: Final = frozenset("abcdehlmprst")
_CUE = re.compile(r"codice fiscale|\bcod\.? ?fisc|\bc\.? ?f\b")
_FIGURES: Final = str.maketrans("lmnpqrstuv", "0123456789")
_ODD: Final = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def right(code: str) -> bool:
    """The check letter of the sixteen characters of ``code`` (folded) is right."""
    values = [int(c) if c.isdigit() else ord(c) - 97 for c in code]
    total = sum(_ODD[value] for value in values[0:15:2]) + sum(values[1:15:2])
    return total % 26 == values[15]


def _dated(code: str) -> bool:
    return 1 <= int(code[9:11].translate(_FIGURES)) % 40 <= 31


def _behind_a_name(low: str, start: int) -> bool:
    """ "rssmra85", "mra 85": at least three letters, and not "a 14h30"."""
    return low[start - 3 : start].isalpha() or low[start - 4 : start - 1].isalpha()


def _matches(view: View) -> Iterator[re.Match[str]]:
    """By the year's two digits and the month's letter; the whole text only where the code is named."""
    if "codice" in view.vocabulary:
        yield from _FORM.finditer(view.low)
        return
    for letter in view.runs.by_follower.keys() & _MONTHS:
        for start, end in view.runs.by_follower[letter]:
            if end - start == 2 and _behind_a_name(view.low, start):
                match = _FORM.search(view.low, max(0, start - 8), end + 12)
                if match:
                    yield match


def _search(view: View) -> Iterator[Finding]:
    for match in _matches(view):
        code = "".join(match.groups())
        if _dated(code) and right(code):
            yield _KIND.exact(*match.span())
        elif any(map(str.isdigit, code)) and said(view, match.start(), _CUE):
            yield _KIND.wrong(*match.span())


RECOGNISER = Recogniser(
    id="it_codice_fiscale",
    labels=("TAX_NUMBER",),
    source="Italie : décret ministériel du 23 décembre 1976, n. 13813 ; Agenzia delle Entrate",
    search=_search,
    accepted=(
        "Mario Rossi, ⟦RSSMRA85T10A562S⟧",
        "codice fiscale ⟦RSS MRA 85T10 A562S⟧",
        "⟦rssmra85t10a562s⟧",
        "omocodia : ⟦RSSMRA85T10A56NH⟧",
        "Codice fiscale: ⟦RSSMRA85T10A562T⟧",
    ),
    refused=("RSSMRA85T10A562T", "BIENVENUE85T10A562S", "modèle ABC-85T10"),
    needs_digit=True,
)
