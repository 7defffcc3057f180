"""The detector: every source looks at the text, the document pass adds later mentions, all are merged."""

from __future__ import annotations

from collections.abc import Sequence

from egide.detection.document_pass import mentions
from egide.detection.finding import Finding
from egide.detection.merge import merge
from egide.detection.recogniser import Source, discover
from egide.detection.view import View


class Detector:
    """Finds what should not leave the company in a French text.

    Pure and safe to share between threads: no clock, no network, no state kept from one text to the
    next. ``sources`` replaces the shipped recognisers; ``extra`` adds to them (the name model, the
    terms of a company).
    """

    def __init__(self, sources: Sequence[Source] | None = None, extra: Sequence[Source] = ()) -> None:
        self._sources: tuple[Source, ...] = (*(discover() if sources is None else sources), *extra)

    def detect(self, text: str) -> list[Finding]:
        """Disjoint findings in order; offsets are characters of ``text``."""
        view = View(text)
        found: list[Finding] = []
        for source in self._sources:
            found += source.find(view)
        return merge(found + mentions(view, found))
