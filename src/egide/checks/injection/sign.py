"""How a sign of injection is written: one module of ``injection/signs`` with a ``SIGN``.

The module's docstring states what is sought and where it was seen. The object carries its own accepted and
refused examples; ``tests/checks/injection/test_signs.py`` runs them all.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from egide.detection.view import View

_HEAD: Final = 4  # letters of ``View.beginnings``
# Whether one literal of a group is in a text: several clues ask the same.
Known = dict[tuple[str, ...], bool]


class Clue(NamedTuple):
    """A pattern on the folded text (``View.low``), and how much it alone says, from 0 to 1.

    ``needs``: without one literal of each group the pattern is not run (one that begins by four letters is
    sought at the beginning of words); ``words``: without one of these whole words either (speed).
    """

    pattern: re.Pattern[str]
    weight: float
    needs: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = frozenset()

    def may_be_in(self, view: View, known: Known | None = None) -> bool:
        """Whether the pattern is worth running. ``known`` is filled with what was sought in this text."""
        if self.words and self.words.isdisjoint(view.vocabulary):
            return False
        known = {} if known is None else known
        for group in self.needs:
            held = known.get(group)
            if held is None:
                held = known[group] = _gate(group).opens(view)
            if not held:
                return False
        return True


class _Gate(NamedTuple):
    """A group of literals, sorted by how they are sought: those that begin as a word does are sought only
    when a word of the text begins alike."""

    heads: frozenset[str]
    of_words: tuple[str, ...]
    others: tuple[str, ...]

    def opens(self, view: View) -> bool:
        low = view.low
        # Loops, not ``any``: this runs for every clue of every text.
        if not self.heads.isdisjoint(view.beginnings):
            for literal in self.of_words:
                if literal in low:
                    return True
        for literal in self.others:  # noqa: SIM110
            if literal in low:
                return True
        return False


@cache
def _gate(group: tuple[str, ...]) -> _Gate:
    of_words = tuple(literal for literal in group if len(literal) >= _HEAD and literal[:_HEAD].isalpha())
    others = tuple(literal for literal in group if literal not in of_words)
    return _Gate(frozenset(literal[:_HEAD] for literal in of_words), of_words, others)


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of order, told by several clues.

    ``unseen``: it counts also in what a person writes, because a person does not write it by hand.
    """

    id: str
    why: str
    source: str
    clues: Sequence[Clue]
    accepted: Sequence[str]
    refused: Sequence[str]
    unseen: bool = False

    def find(self, view: View, known: Known | None = None) -> Iterator[tuple[int, int, float]]:
        """(start, end, weight) of each place in ``view.low``."""
        for clue in self.clues:
            if clue.may_be_in(view, known):
                for match in clue.pattern.finditer(view.low):
                    yield match.start(), match.end(), clue.weight


@cache
def discover() -> tuple[Sign, ...]:
    """Every sign of the package, in the order of their module names."""
    package = importlib.import_module("egide.checks.injection.signs")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(importlib.import_module(f"{package.__name__}.{name}").SIGN for name in names)
