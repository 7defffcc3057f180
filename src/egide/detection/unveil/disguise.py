"""How a disguise is written: one module of ``unveil/disguises`` with a ``DISGUISE``.

The module's docstring states how values are hidden and cites the source. ``search`` gives pieces: places of
the text with what they stand for. The object carries accepted examples, (written, read), and refused
ones; ``tests/detection/unveil/test_disguises.py`` runs them all. ``discover()`` scans the package.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from egide.detection.view import View


class Piece(NamedTuple):
    """``plain`` is what ``text[start:end]`` stands for.

    ``spans`` gives the place of each character of ``plain``, absolute; without them each stands for the
    whole piece, which is then never cut in two.
    """

    start: int
    end: int
    plain: str
    spans: Sequence[tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Disguise:
    """A way to hide a value. ``how`` completes "Texte écrit …" for a person."""

    id: str
    how: str
    source: str
    signs: tuple[str, ...]
    """Without any of these signs (see ``gate``) in the text, nothing is sought."""
    search: Callable[[View], Iterable[Piece]]
    accepted: Sequence[tuple[str, str]]
    refused: Sequence[str]
    layout: bool = False
    """The characters are the value's, their order or what stands between them is not. Read apart, and
    only what holds a piece counts: joining is riskier than decoding."""


@cache
def discover() -> tuple[Disguise, ...]:
    """Every disguise of the package, in the order of their module names."""
    package = importlib.import_module("egide.detection.unveil.disguises")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = (
        importlib.import_module(f"{package.__name__}.{name}") for name in names if not name.startswith("_")
    )
    return tuple(module.DISGUISE for module in modules)
