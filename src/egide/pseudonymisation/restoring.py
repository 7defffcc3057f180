"""Putting the values back, in a whole text and in a stream, by one routine.

``Restorer.feed`` gives out what can no longer change and holds back the rest: at most one possible
placeholder, and nothing at all when none can be open. Whatever the cuts, the pieces joined are what the
whole text gives (tested at every cut). Only what is in ``known`` is ever put back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from egide.detection import LABELS
from egide.pseudonymisation.forms import Matcher, NeedMore

Mode = Literal["text", "json"]
_LONG_ESCAPE = 6  # \uXXXX


@dataclass(frozen=True, slots=True)
class Known:
    """A value that may be put back."""

    label: str
    value: str = field(repr=False)


class Segment(NamedTuple):
    """A piece of a restored text; ``label`` is set when it is a value put back."""

    text: str
    label: str | None = None


class Restorer:
    """Restores one text that comes in pieces. In mode ``json`` the text is the source of a JSON document
    (arguments of a tool call): values are escaped as the inside of a JSON string."""

    def __init__(self, known: Mapping[str, Known], mode: Mode = "text") -> None:
        self._known = known
        self._json = mode == "json"
        self._matcher = Matcher(known, {LABELS[one.label].word for one in known.values()})
        # The first character is context only: what stood before the text that is left to decide.
        self._buffer = "\n"
        self._after_escape = False

    def feed(self, chunk: str) -> str:
        """What is decided once ``chunk`` has come."""
        return "".join(segment.text for segment in self.feed_segments(chunk))

    def close(self) -> str:
        """What was held back, now that nothing follows."""
        return "".join(segment.text for segment in self.close_segments())

    def feed_segments(self, chunk: str) -> list[Segment]:
        """``feed``, with the values put back told apart."""
        if not self._known:
            return [Segment(chunk)] if chunk else []
        self._buffer += chunk
        return self._decide(final=False)

    def close_segments(self) -> list[Segment]:
        """``close``, with the values put back told apart. The restorer may then be used again."""
        segments = self._decide(final=True)
        self._buffer, self._after_escape = "\n", False
        return segments

    def _decide(self, *, final: bool) -> list[Segment]:
        text, segments = self._buffer, list[Segment]()
        done = position = 1
        while (start := self._next(text, position)) >= 0:
            try:
                found = self._matcher.match(text, start, final)
                position = found[0] if found else self._past(text, start, final)
            except NeedMore:
                break
            if found:
                if start > done:
                    segments.append(Segment(text[done:start]))
                known = self._known[found[1]]
                segments.append(Segment(self._written(known.value), known.label))
                done = position
                self._after_escape = False
        kept = start if start >= 0 else len(text)
        if kept > done:
            segments.append(Segment(text[done:kept]))
        self._buffer = text[kept - 1 :]
        return segments

    def _next(self, text: str, position: int) -> int:
        """Where a placeholder may begin at or after ``position``; -1 when nowhere."""
        if self._after_escape and position < len(text):
            return position
        found = self._matcher.starts.search(text, position)
        return found.start() if found else -1

    def _past(self, text: str, start: int, final: bool) -> int:
        """The position after a character that begins no placeholder; JSON escapes are one unit."""
        self._after_escape = False
        if not self._json or text[start] != "\\":
            return start + 1
        if start + 1 >= len(text):
            if final:
                return start + 1
            raise NeedMore
        end = start + (_LONG_ESCAPE if text[start + 1] == "u" else 2)
        if end > len(text):
            if final:
                return len(text)
            raise NeedMore
        self._after_escape = True
        return end

    def _written(self, value: str) -> str:
        return json.dumps(value, ensure_ascii=False)[1:-1] if self._json else value
