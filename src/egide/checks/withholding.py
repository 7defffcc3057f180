"""Takes values out of a text that comes in pieces, and never lets a part of one go.

A text is read window by window: what was given out just before, for the context, then what is held. Given
out is what lies before a place where no value stands and none can have begun, as far as what follows it in
the window tells: some characters behind the end of a line, more behind the end of a sentence or between two
everyday words. Where there is no such place the window grows, up to ``WIDEST``. Windows are told by places
of the text and never by its pieces: whatever the cuts, the result is the same. They are some hundreds of
characters wide and advance by some tens: the time is linear, the memory bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from egide.detection.labels import LABELS

CONTEXT: Final = 240
STEP: Final = 64  # characters that a window has more than the one before
LEAST: Final = 32  # the same, where a line ends
LINE: Final = 24  # behind the end of a line: the next one says whether it goes on with a value
AHEAD: Final = 96  # elsewhere: longer than an identifier in any written form, than most addresses
SOON: Final = 1_000  # characters of a text after which windows advance twice as far
WIDEST: Final = 4_480

_LINE: Final = re.compile(r"(?<=\n)")
_CALM: Final = re.compile(r"(?<=[.!?…;:,»)] )(?![\d+(])|(?<=[a-zà-ÿœ] )(?=[a-zà-ÿœ«])")
# Between words, but for groups of figures; between the signs of scripts without spaces.
_BETWEEN: Final = re.compile(
    r"(?<=[^\W\d]\s)|(?<=[^\w\s]\s)|(?<=\s)(?!\d)|(?<=[\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af])"
)
# From the best places to the last resort, with what must follow them in the window.
_PLACES: Final = ((_LINE, LINE), (_CALM, AHEAD), (_BETWEEN, 2 * AHEAD))


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
        self._read = 0  # how much of what is held was in a window
        self._done = 0  # characters given out in all
        self._inside = False  # the last character given out was part of a value

    def feed(self, units: Iterable[Unit]) -> list[Piece]:
        """What is decided once these have come."""
        found: list[Piece] = []
        coming = iter(units)
        while added := list(islice(coming, WIDEST)):
            self._units += added
            self._text += "".join([unit.read for unit in added])
            while self.held >= (size := self._next()):
                found += self._advance(size)
        return found

    def close(self) -> list[Piece]:
        """What was held, now that nothing follows. It may then be used for another text."""
        found = self._release(len(self._units), self._seek(len(self._units)))
        self._text, self._units = "", []
        self._given = self._read = self._done = 0
        self._inside = False
        return found

    @property
    def held(self) -> int:
        """How many characters are held back."""
        return len(self._units) - self._given

    def _next(self) -> int:
        """How much must be held for the next window to be read: some more, less when a line ended."""
        pace = 1 if self._done < SOON else 2
        size = self._read + max(pace * STEP, self._read // 2)
        end = self._text.find("\n", self._given + max(0, self._read - LINE))
        if end < 0:
            return size
        return min(size, max(self._read + max(pace * LEAST, self._read // 4), end + 1 - self._given + LINE))

    def _advance(self, size: int) -> list[Piece]:
        """Read the window in which so much is held, and give out what it decides."""
        end = self._given + size
        spans = self._seek(end)
        at = self._place(spans, end)
        if at is None:
            if size < WIDEST:
                self._read = size
                return []
            at = end - AHEAD
        found = self._release(at, spans)
        self._read = end - at
        first = self._context(max(0, at - CONTEXT))
        self._text, self._units, self._given = self._text[first:], self._units[first:], at - first
        return found

    def _place(self, spans: Sequence[Span], end: int) -> int | None:
        """The last place of the window up to which all is decided."""
        places = (self._last(pattern, spans, end - ahead) for pattern, ahead in _PLACES)
        return max((at for at in places if at is not None), default=None)

    def _last(self, pattern: re.Pattern[str], spans: Sequence[Span], last: int) -> int | None:
        found = [match.start() for match in pattern.finditer(self._text, self._given + 1, last + 1)]
        for at in reversed(found):
            if not any(span.start < at < span.end for span in spans) and self._apart(at):
                return at
        return None

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
            done, self._inside = end, False
        if done < at:
            found += self._plain(done, at)
        # A value that goes on behind a cut has its mark already.
        self._inside = any(span.start < at < span.end for span in spans)
        self._done += at - self._given
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
