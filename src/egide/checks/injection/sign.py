"""How a sign of injection is written: one module of ``injection/signs`` with a ``SIGN``.

The module's docstring states what is sought and where it was seen. The object carries its own accepted and
refused examples; ``tests/checks/injection/test_signs.py`` runs them all.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from egide.detection.view import View

_HEAD: Final = 4  # letters of ``View.beginnings``


class Gate:
    """A group of literals, of which a text must hold one. One object for each group: clues share them.

    A literal that begins as a word does is sought only when a word of the text begins alike.
    """

    __slots__ = ("_by_head", "_heads", "_others")

    def __init__(self, group: tuple[str, ...]) -> None:
        by_head: defaultdict[str, list[str]] = defaultdict(list)
        others = []
        for literal in group:
            if len(literal) >= _HEAD and literal[:_HEAD].isalpha():
                by_head[literal[:_HEAD]].append(literal)
            else:
                others.append(literal)
        self._by_head, self._others = dict(by_head), tuple(others)
        self._heads = frozenset(by_head)

    def opens(self, view: View) -> bool:
        """Whether a literal of the group is in the text."""
        low = view.low
        # Loops, not ``any``: this runs for every clue of every text.
        for head in self._heads & view.beginnings:
            for literal in self._by_head[head]:
                if literal in low:
                    return True
        for literal in self._others:  # noqa: SIM110
            if literal in low:
                return True
        return False


gate = cache(Gate)
# What was sought in a text: several clues ask the same.
Known = dict[Gate, bool]


class Clue:
    """A pattern on the folded text (``View.low``), and how much it alone says, from 0 to 1.

    ``needs``: without one literal of each group the pattern is not run (one that begins by four letters is
    sought at the beginning of words); ``words``: without one of these whole words either (speed).
    """

    __slots__ = ("gates", "pattern", "weight", "words")

    def __init__(
        self,
        pattern: re.Pattern[str],
        weight: float,
        needs: Iterable[tuple[str, ...]] = (),
        words: frozenset[str] = frozenset(),
    ) -> None:
        self.pattern, self.weight, self.words = pattern, weight, words
        self.gates = tuple(map(gate, needs))

    def may_be_in(self, view: View, known: Known | None = None) -> bool:
        """Whether the pattern is worth running. ``known`` is filled with what was sought in this text."""
        if self.words and self.words.isdisjoint(view.vocabulary):
            return False
        known = {} if known is None else known
        for one in self.gates:
            held = known.get(one)
            if held is None:
                held = known[one] = one.opens(view)
            if not held:
                return False
        return True


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
