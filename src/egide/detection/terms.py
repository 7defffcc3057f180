"""Terms of a company: its projects, clients, products, and what a person asked to hide.

Whole words, whatever their capitals, accents, hyphens and spaces: "Projet Éclipse" is also found as
"projet-eclipse" and "PROJET  ECLIPSE".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from egide.detection.finding import Finding
from egide.detection.view import View, fold

_REASON = "Terme propre à l'entreprise, à ne pas laisser sortir."
_PIECE = re.compile(r"[^\W_]+")


def _key(term: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(fold(term)))


class Terms:
    """A source of findings for ``terms``; those without any letter or digit are left out.

    The cost grows with the text, not with the number of terms.
    """

    def __init__(
        self, terms: Iterable[str], *, label: str = "COMPANY_TERM", recogniser: str = "terms"
    ) -> None:
        self._label, self._recogniser = label, recogniser
        self._by_first: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for term in terms:
            key = _key(term)
            if key:
                self._by_first[key[0]].add(key)

    def find(self, view: View) -> Iterator[Finding]:
        """Every place where a term is written; the longest first where several begin together."""
        if not self._by_first:
            return
        pieces = [(match.group(), match.start(), match.end()) for match in _PIECE.finditer(view.low)]
        for at, (first, start, _) in enumerate(pieces):
            for key in self._by_first.get(first, ()):
                row = pieces[at : at + len(key)]
                if tuple(word for word, _, _ in row) == key and _close(view, row):
                    yield Finding(start, row[-1][2], self._label, 1.0, self._recogniser, _REASON)


def _close(view: View, row: list[tuple[str, int, int]]) -> bool:
    """Nothing but spaces and light marks between the pieces of a term."""
    return all(
        not view.low[before[2] : after[1]].strip(" '-._\n&/") and after[1] - before[2] < 5
        for before, after in pairwise(row)
    )
