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
from typing import NamedTuple

from egide.detection.view import View


class Clue(NamedTuple):
    """A pattern on the folded text (``View.low``), and how much it alone says, from 0 to 1.

    ``needs``: without one literal of each group the pattern is not run; ``words``: without one of these whole
    words either (speed).
    """

    pattern: re.Pattern[str]
    weight: float
    needs: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = frozenset()

    def may_be_in(self, view: View) -> bool:
        """Whether the pattern is worth running."""
        low = view.low
        for group in self.needs:
            for literal in group:  # a loop, not ``any``: this runs for every clue of every text
                if literal in low:
                    break
            else:
                return False
        return not self.words or not self.words.isdisjoint(view.vocabulary)


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

    def find(self, view: View) -> Iterator[tuple[int, int, float]]:
        """(start, end, weight) of each place in ``view.low``."""
        for clue in self.clues:
            if clue.may_be_in(view):
                for match in clue.pattern.finditer(view.low):
                    yield match.start(), match.end(), clue.weight


@cache
def discover() -> tuple[Sign, ...]:
    """Every sign of the package, in the order of their module names."""
    package = importlib.import_module("egide.checks.injection.signs")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(importlib.import_module(f"{package.__name__}.{name}").SIGN for name in names)
