"""Engines that read pictures, one module each, in order of preference; none is needed by Égide itself.

``tesseract`` of the system is quicker; ``rapidocr`` comes with the extra ``ocr``.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final, Protocol

from egide.documents.readings import Line

ENGINES: Final = ("tesseract", "rapid")


class Engine(Protocol):
    """Reads the lines of a picture (of Pillow, RGB)."""

    name: str

    def read(self, picture: Any) -> Iterable[Line]:
        """Every line it sees, also those it doubts. Raises Refusal when it fails."""


def find_engine() -> Engine | None:
    """The first engine that is there."""
    for name in ENGINES:
        engine: Engine | None = import_module(f"{__name__}.{name}").find()
        if engine is not None:
            return engine
    return None
