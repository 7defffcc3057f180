"""One thing to verify, and how a kind of them is written: one module of ``verifiable/kinds`` with a "
"``KIND``."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from egide.detection.view import View


class Item(NamedTuple):
    """``why`` is French. ``target``: where a link really leads."""

    start: int
    end: int
    kind: str
    why: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """``pattern`` is matched on the folded text (``View.low``); ``target`` reads where a match leads, from
    the text itself; ``anchors``: without any of them the pattern is not run; ``rank``: of two that overlap,
    the smaller stays."""

    id: str
    french: str
    why: str
    source: str
    pattern: re.Pattern[str]
    accepted: Sequence[str]
    refused: Sequence[str]
    anchors: tuple[str, ...] = ()
    needs_digit: bool = False
    rank: int = 5
    target: Callable[[str], str] | None = None

    def find(self, view: View) -> Iterator[Item]:
        """Every place of ``view``."""
        if self.needs_digit and not view.digits:
            return
        if self.anchors and not any(anchor in view.low for anchor in self.anchors):
            return
        for match in self.pattern.finditer(view.low):
            start, end = match.span("it") if "it" in self.pattern.groupindex else match.span()
            target = self.target(view.text[start:end]) if self.target else ""
            yield Item(start, end, self.id, self.why, target)


@cache
def discover() -> tuple[Kind, ...]:
    """Every kind of the package, in the order of their rank."""
    package = importlib.import_module("egide.checks.verifiable.kinds")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = [importlib.import_module(f"{package.__name__}.{name}").KIND for name in names]
    return tuple(sorted(found, key=lambda kind: (kind.rank, kind.id)))
