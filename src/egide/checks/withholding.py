"""Takes values out of a text that comes in pieces, and never lets a part of one go.

A text is read window by window: what was given out just before, for the context, then what is held. Only
what lies before the last ``AHEAD`` characters of a window is given out, up to a place where no value stands
and none is likely to begin; where there is no such place the window grows, up to ``WIDEST``. Windows are
told by places of the text and never by its pieces: whatever the cuts, the result is the same. Each window
is some hundreds of characters, so that the time is linear and the memory bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from egide.detection.labels import LABELS

CONTEXT: Final = 240
STEP: Final = 120
AHEAD: Final = 160  # longer than an identifier in any written form, than most addresses
WIDEST: Final = 4480  # sixteen windows

# The best places: a line or a sentence ends, or words of everyday language stand on both sides.
_CALM: Final = re.compile(r"(?<=\n)|(?<=[.!?…;:,»)] )(?![\d+(])|(?<=[a-zà-ÿœ] )(?=[a-zà-ÿœ«])")
# Others: between words, but for groups of figures; between the signs of scripts without spaces.
_BETWEEN: Final = re.compile(
    r"(?<=[^\W\d]\s)|(?<=[^\w\s]\s)|(?<=\s)(?!\d)|(?<=[\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af])"
)


class Span(NamedTuple):
    """A value of a window, to be taken out."""

    start: int
    end: int
    label: str


class Unit(NamedTuple):
    """A character as it is read, and how it is written. ``kind``: ``t`` text, ``n`` a bare word of JSON (a
    number), which gets quotes when it is replaced, ``s`` what holds a document together."""

    read: str
    written: str
    kind: str
    label: str | None = None


class Piece(NamedTuple):
    """What is given out; ``label`` is that of a value put back."""

    text: str
    label: str | None = None


Find = Callable[[str], Sequence[Span]]
# Told of each value that was taken out, as it stood.
Tell = Callable[[str, str], None]


def mark(label: str) -> str:
    """What stands in the place of a value."""
    return f"[donnée retirée : {LABELS[label].french}]"


class Withholder:
    """One text. ``find`` gives the values of a window, in order and apart."""

    def __init__(self, find: Find, tell: Tell) -> None:
        self._find, self._tell = find, tell
        self._text = ""  # as it is read: what was given out, then what is held
        self._units: list[Unit] = []
        self._given = 0
        self._wide = STEP + AHEAD
        self._inside = False  # the last character given out was part of a value

    def feed(self, units: Iterable[Unit]) -> list[Piece]:
        """What is decided once these have come."""
        found: list[Piece] = []
        coming = iter(units)
        while added := list(islice(coming, WIDEST)):
            self._units += added
            self._text += "".join([unit.read for unit in added])
            while len(self._units) - self._given >= self._wide:
                found += self._advance()
        return found

    def close(self) -> list[Piece]:
        """What was held, now that nothing follows. It may then be used for another text."""
        found = self._release(len(self._units), self._seek(len(self._units)))
        self._text, self._units, self._given = "", [], 0
        self._wide, self._inside = STEP + AHEAD, False
        return found

    def _advance(self) -> list[Piece]:
        """Read one window, and give out what it decides."""
        end = self._given + self._wide
        spans = self._seek(end)
        last = end - AHEAD
        at = self._calm(spans, last)
        if at is None:
            if self._wide < WIDEST:
                self._wide = min(2 * self._wide, WIDEST)
                return []
            at = last
        found = self._release(at, spans)
        self._wide = STEP + AHEAD
        first = self._context(max(0, at - CONTEXT))
        self._text, self._units, self._given = self._text[first:], self._units[first:], at - first
        return found

    def _seek(self, end: int) -> list[Span]:
        """The values that stand, in part at least, in what is held; whole words where a document is read."""
        spans = self._find(self._text[:end]) if end > self._given else ()
        return [self._whole(span, end) for span in spans if span.end > self._given]

    def _whole(self, span: Span, limit: int) -> Span:
        start, end = max(span.start, self._given), span.end
        while start > self._given and self._units[start].kind == "n" == self._units[start - 1].kind:
            start -= 1
        while end < limit and self._units[end].kind == "n" == self._units[end - 1].kind:
            end += 1
        return Span(start, end, span.label)

    def _context(self, first: int) -> int:
        """Where the context begins: not inside a word, when there is a better place near."""
        place = self._text.find(" ", first, first + 40) if first else -1
        return first if place < 0 else place + 1

    def _calm(self, spans: Sequence[Span], last: int) -> int | None:
        """The last place, up to ``last``, at which nothing stands and nothing is likely to begin."""
        for pattern in (_CALM, _BETWEEN):
            places = [match.start() for match in pattern.finditer(self._text, self._given + 1, last + 1)]
            for at in reversed(places):
                if not any(span.start < at < span.end for span in spans) and self._apart(at):
                    return at
        return None

    def _apart(self, at: int) -> bool:
        return at >= len(self._units) or not self._units[at - 1].kind == "n" == self._units[at].kind

    def _release(self, at: int, spans: Sequence[Span]) -> list[Piece]:
        done, found = self._given, list[Piece]()
        for span in spans:
            if span.start >= at:
                break
            if span.start < done:
                span = span._replace(start=done)
            if span.start >= span.end:
                continue
            if span.start > done:
                found += self._plain(done, span.start)
                self._inside = False
            end = min(span.end, at)
            found += self._blotted(span.start, end, span.label)
            if end == span.end:
                self._tell(span.label, self._text[span.start : end])
            done, self._inside = end, True
        if done < at:
            found += self._plain(done, at)
            self._inside = False
        self._given = at
        return found

    def _plain(self, start: int, end: int) -> Iterator[Piece]:
        """Units as they are written, joined as long as they are of the same value."""
        pending, label = list[str](), self._units[start].label
        for unit in self._units[start:end]:
            if unit.label != label:
                yield Piece("".join(pending), label)
                pending, label = [], unit.label
            pending.append(unit.written)
        yield Piece("".join(pending), label)

    def _blotted(self, start: int, end: int, label: str) -> Iterator[Piece]:
        """A mark for each run of what can be replaced; what holds the document together stays."""
        before = "t" if self._inside else ""
        for unit in self._units[start:end]:
            if unit.kind == "s":
                yield Piece(unit.written)
            elif unit.kind != before and not (self._inside and before):
                yield Piece(mark(label) if unit.kind == "t" else f'"{mark(label)}"')
            before = "" if unit.kind == "s" else unit.kind
            self._inside = self._inside and bool(before)
