"""Takes out of an answer, on its way to the caller, the values that nobody sent.

Each text of the answer has its own reader behind its restorer. A value that was taken out of a text is
sought in what follows of it, as the document pass would. When the detection fails nothing more is given.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from egide.checks import JsonReader, Piece, Sent, Span, Unit, Withholder, plain, removable, unsent
from egide.detection import Finding
from egide.detection.merge import merge
from egide.detection.view import fold
from egide.errors import DetectionError, GatewayError
from egide.gateway.analysis import Analyst
from egide.gateway.mentions import Value, foreign, named
from egide.ports import Snapshot
from egide.pseudonymisation import Mode, Segment, Session

_ON_THE_LOOP: Final = 1_000
_MOST_TOLD: Final = 10_000
_MOST_FOLLOWED: Final = 100  # values of one text that are sought in the rest of it

_Read = TypeVar("_Read")


class Withholding:
    """One answer. ``counts``: how many values of each label were taken out, a value told twice being one.

    ``structured``: the answer was asked for as a JSON document.
    """

    def __init__(
        self, analyst: Analyst, snapshot: Snapshot, sent: Sequence[str], *, structured: bool
    ) -> None:
        self.counts = Counter[str]()
        self._find, self._sent = analyst.windows(snapshot), Sent(sent)
        self._structured = structured
        self._told: set[tuple[str, int]] = set()
        self._failed = False

    def reader(self, mode: Mode) -> TextReader:
        """For one text."""
        seek = Seeker(self._findings, self._sent)
        return TextReader(Withholder(seek, self._tell), mode, structured=self._structured)

    def _findings(self, text: str) -> Sequence[Finding]:
        if self._failed:
            raise GatewayError("EG-4045")
        try:
            return self._find(text)
        except DetectionError:
            self._failed = True
            raise GatewayError("EG-4045") from None

    def _tell(self, label: str, value: str) -> None:
        key = label, hash(fold(value))
        if key not in self._told:
            self.counts[label] += 1
            if len(self._told) < _MOST_TOLD:
                self._told.add(key)


class Seeker:
    """The values of one text that nobody sent, window by window."""

    def __init__(self, find: Callable[[str], Sequence[Finding]], sent: Sent) -> None:
        self._find, self._sent = find, sent
        self._followed: dict[str, Value] = {}

    def __call__(self, window: str) -> list[Span]:
        findings = self._find(window)
        if self._followed:
            (again,) = foreign([window], [findings], list(self._followed.values()))
            findings = merge([*findings, *named(window, findings, again)]) if again else findings
        new = [finding for finding in unsent(window, findings, self._sent) if removable(finding)]
        for finding in new:
            value = window[finding.start : finding.end]
            if len(self._followed) < _MOST_FOLLOWED:
                self._followed.setdefault(fold(value), Value(value, finding.label))
        return [Span(finding.start, finding.end, finding.label) for finding in new]


class TextReader:
    """See ``pseudonymisation.Reader``."""

    def __init__(self, withholder: Withholder, mode: Mode, *, structured: bool) -> None:
        self._withholder = withholder
        self._json = JsonReader() if mode == "json" else None
        self._undecided = structured and mode == "text"

    def feed(self, segments: Sequence[Segment]) -> list[Segment]:
        """See ``pseudonymisation.Reader``."""
        return _segments(self._withholder.feed(self._units(segments)))

    def close(self) -> list[Segment]:
        """See ``pseudonymisation.Reader``."""
        left = self._withholder.feed(self._json.close()) if self._json else []
        return _segments(left + self._withholder.close())

    def _units(self, segments: Sequence[Segment]) -> Iterator[Unit]:
        for segment in segments:
            if self._undecided and (begun := segment.text.lstrip()):
                # A refusal, or what a model thinks, is no document even when one was asked for.
                self._undecided = False
                self._json = JsonReader() if begun[0] in "{[" else None
            yield from self._json.feed(segment.text) if self._json else plain(segment.text, segment.label)


async def read_apart(session: Session, size: int, read: Callable[[], _Read]) -> _Read:
    """What ``read`` gives; off the event loop when it may read many windows of a text of ``size`` bytes."""
    return await asyncio.to_thread(read) if session.read and size > _ON_THE_LOOP else read()


def _segments(pieces: Sequence[Piece]) -> list[Segment]:
    return [Segment(piece.text, piece.label) for piece in pieces if piece.text]
