"""The lists of a company as a source of findings: clients, suppliers, projects, products, staff.

Found whatever the capitals, accents, hyphens, spacing, elision, plural and one typo in a word of six
letters or more. The cost grows with the text, not with the number of entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from egide.detection.finding import Finding
from egide.detection.knowledge import context, typos
from egide.detection.knowledge.compiling import WEAK
from egide.detection.knowledge.cutting import Places, cut
from egide.detection.knowledge.hashing import Namer, letters, plural, sorted_once
from egide.detection.knowledge.index import join
from egide.detection.knowledge.phrases import LINKS
from egide.detection.knowledge.reading import Reading, read
from egide.detection.knowledge.sorted_names import SortedNames
from egide.detection.knowledge.split import in_two
from egide.detection.knowledge.walking import Found, Options, walk
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import View

RECOGNISER: Final = "company_list"
KINDS: Final[dict[str, tuple[str, str]]] = {
    "client": ("COMPANY_TERM", "Client de l'entreprise"),
    "supplier": ("COMPANY_TERM", "Fournisseur de l'entreprise"),
    "project": ("COMPANY_TERM", "Projet de l'entreprise"),
    "product": ("COMPANY_TERM", "Produit de l'entreprise"),
    "staff": ("PERSON", "Membre de l'entreprise"),
}
"""Label, and French name, of what each kind of list holds."""
_SURE, _IN_CONTEXT, _WITH_TYPO = 0.95, 0.8, 0.7
_NO_TYPO: Final = Flag.COMMON | Flag.OPENER | Flag.NEVER | Flag.TOWN | Flag.GREETING
_SHORTEST: Final = typos.SHORTEST - 1


@dataclass(frozen=True, slots=True)
class TermList:
    """A list as ``compile_terms`` gives it. ``kind`` is one of ``KINDS``; ``name`` is shown to people."""

    name: str
    kind: str
    packed: bytes = field(repr=False)


class Lists:
    """A source of findings for ``lists``, all compiled under ``key``. Raises ValueError when one cannot be
    read: none is ever left out."""

    def __init__(self, lists: Sequence[TermList], key: bytes) -> None:
        self._namer = Namer(key)
        self._index = join([one.packed for one in lists])
        self._told = [(KINDS[one.kind][0], f"{KINDS[one.kind][1]} (liste « {one.name} »).") for one in lists]
        self._links = sorted_once(self._namer.of_words(cut(" ".join(LINKS))))

    def find(self, view: View) -> Iterator[Finding]:
        """Every place where something of the lists is named."""
        reading = read(view, self._namer)
        words = reading.words
        if not len(words) or not len(self._index.phrases):
            return
        links = self._links.take(self._links.searchsorted(reading.names), mode="clip") == reading.names
        unknown = _unknown(view, reading)
        options = self._options(reading, unknown)
        yield from self._findings(view, reading, walk(self._index, options, words.block, links))
        yield from self._findings(view, reading, in_two(self._index, reading, unknown, view.text))

    def _options(self, reading: Reading, unknown: Places) -> Options:
        """Each word as it stands; those that nobody knows also as the words of the lists at one typo."""
        names, count = reading.names, len(reading.names)
        unknown = unknown[~self._index.words.look(names[unknown])[1]]
        word, number = _corrected(reading, unknown, self._index.typos)
        if not len(word):
            return Options(np.arange(count), names, np.zeros(count, np.bool_))
        every = np.concatenate([np.arange(count), word])
        order = np.argsort(every, kind="stable")
        names = np.concatenate([names, self._index.words.names[number]])
        return Options(every[order], names[order], order >= count)

    def _findings(self, view: View, reading: Reading, found: Found) -> Iterator[Finding]:
        index = self._index
        for first, last, place, typo in zip(*(column.tolist() for column in found), strict=True):
            start, end = reading.starts[first], reading.ends[last]
            weak = bool(index.told[place] & WEAK)
            if weak and not context.meant(view, start, end):
                continue
            if first == last and context.indefinite(view, start):
                continue
            score = _WITH_TYPO if typo else _IN_CONTEXT if weak else _SURE
            label, reason = self._told[index.source[place]]
            yield Finding(start, end, label, score, RECOGNISER, reason)


def _unknown(view: View, reading: Reading) -> Places:
    """Words that may hold a typo: no everyday word, no listed name unless it has a capital."""
    words, starts, ends = reading.words, reading.starts, reading.ends
    size = words.size
    long = (~words.digits & words.plain & (size >= _SHORTEST) & (size <= typos.LONGEST)).nonzero()[0]
    known, low, text = lexicon().get, view.low, view.text
    found = [
        i
        for i in long.tolist()
        if not (flags := known(low[starts[i] : ends[i]], 0))
        or (not flags & _NO_TYPO and text[starts[i]].isupper())
    ]
    return np.array(found, np.int64)


def _corrected(reading: Reading, some: Places, kept: SortedNames) -> tuple[Places, Places]:
    """Which of ``some`` words may be which word of the lists, by its number, at one typo."""
    words = reading.words
    ends = some[plural(words)[some]]
    # With its last letter, and without where that may be the mark of a plural.
    at, end = np.concatenate([some, ends]), np.concatenate([words.end[some], words.end[ends] - 1])
    start = words.start[at]
    found, number = typos.corrected(kept, reading.namer, letters(words, start, end), end - start)
    return at[found], number
