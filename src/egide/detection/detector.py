"""The detector: rules look, the name model weighs, the document pass adds later mentions, all are merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from egide.detection.document_pass import mentions
from egide.detection.finding import Finding
from egide.detection.merge import merge
from egide.detection.names import shipped
from egide.detection.recogniser import Source, discover
from egide.detection.unveil import unveiled
from egide.detection.view import View


class Judge(Protocol):
    """What weighs the findings of the rules: see ``names.NameModel``."""

    def judge(self, view: View, found: list[Finding]) -> list[Finding]:
        """What stands of ``found``, and what is added."""


class Detector:
    """Finds what should not leave the company in a French text.

    Pure and safe to share between threads: no clock, no network, nothing kept of a text but its words.
    ``sources`` replaces the shipped recognisers and, unless ``names`` is given, does without the name
    model; ``extra`` adds what no model takes back (the terms, lists and documents of a company).
    """

    def __init__(
        self,
        sources: Sequence[Source] | None = None,
        extra: Sequence[Source] = (),
        names: Judge | None = None,
    ) -> None:
        self._sources: tuple[Source, ...] = tuple(discover() if sources is None else sources)
        self._names = shipped() if sources is None and names is None else names
        self._extra = tuple(extra)

    def detect(self, text: str | View) -> list[Finding]:
        """Disjoint findings in order; offsets are characters of ``text``, which may be prepared already."""
        view = text if isinstance(text, View) else View(text)
        found = self._found(view)
        return merge(found + mentions(view, found) + unveiled(view, self._found, found))

    def _found(self, view: View) -> list[Finding]:
        """What the sources and the name model find, before later mentions."""
        found: list[Finding] = []
        for source in self._sources:
            found += source.find(view)
        if self._names is not None:
            found = self._names.judge(view, found)
        for source in self._extra:
            found += source.find(view)
        return found
