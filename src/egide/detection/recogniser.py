"""How a recogniser is written: one module of ``detection/recognisers`` with a ``RECOGNISER``.

The module's docstring states what is recognised and cites the official source. The object carries
its own accepted and refused examples; ``tests/detection/test_examples.py`` runs them all. Nothing is
registered by hand: ``discover()`` scans the package.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from egide.detection.finding import Finding
from egide.detection.view import View


class Source(Protocol):
    """Anything that finds: a recogniser, the name model, the terms of a company."""

    def find(self, view: View) -> Iterable[Finding]:
        """Findings in ``view.text``, in any order, overlaps allowed."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A named rule. ``accepted`` examples hold the expected values between ⟦ and ⟧."""

    id: str
    labels: tuple[str, ...]
    source: str
    search: Callable[[View], Iterable[Finding]]
    accepted: Sequence[str]
    refused: Sequence[str]
    anchors: tuple[str, ...] = ()
    """Literals, folded: without any of them in the text the rule is not run at all (speed)."""
    words: frozenset[str] = frozenset()
    """Whole words, folded, letters only: without any of them the rule is not run (faster than anchors)."""
    needs_digit: bool = False
    """Without any digit in the text the rule is not run at all (speed)."""

    def find(self, view: View) -> Iterable[Finding]:
        """Findings of this rule; nothing when no anchor is there."""
        if self.needs_digit and not view.digits:
            return ()
        if self.words and self.words.isdisjoint(view.vocabulary):
            return ()
        if self.anchors and not any(map(view.low.__contains__, self.anchors)):
            return ()
        return self.search(view)


@cache
def discover() -> tuple[Recogniser, ...]:
    """Every recogniser of the package, in the order of their module names."""
    package = importlib.import_module("egide.detection.recognisers")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = (
        importlib.import_module(f"{package.__name__}.{name}") for name in names if not name.startswith("_")
    )
    return tuple(module.RECOGNISER for module in modules)
