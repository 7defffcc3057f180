"""Putting the values back, in a whole text and in a stream, by one routine.

``Restorer.feed`` gives out what can no longer change and holds back the rest: at most one possible
placeholder, and nothing at all when none can be open. Whatever the cuts, the pieces joined are what the
whole text gives (tested at every cut). Only what is known to the session is ever put back, and never into
a web address that the caller did not write so (``addresses``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from egide.pseudonymisation.addresses import AddressReader
from egide.pseudonymisation.forms import CODE, CONTEXT, LONGEST
from egide.pseudonymisation.known import Index, Known
from egide.pseudonymisation.placeholders import SIZE

Mode = Literal["text", "json"]

__all__ = ["Known", "Mode", "Restorer", "Segment"]


class Segment(NamedTuple):
    """A piece of a restored text; ``label`` is set when it is a value put back."""

    text: str
    label: str | None = None


class Restorer:
    """Restores one text that comes in pieces. In mode ``json`` the text is the source of a JSON document
    (arguments of a tool call): values are escaped as the inside of a JSON string."""

    def __init__(self, known: Mapping[str, Known] | Index, mode: Mode = "text") -> None:
        self._index = (known if isinstance(known, Index) else Index(known)).refreshed()
        self._json = mode == "json"
        self._buffer = ""
        self._given = 0  # characters of the buffer already given out: context only
        self._reader = AddressReader(json_source=self._json)

    def feed(self, chunk: str) -> str:
        """What is decided once ``chunk`` has come."""
        if not self._index.known:
            return chunk
        return "".join([segment.text for segment in self.feed_segments(chunk)])

    def close(self) -> str:
        """What was held back, now that nothing follows."""
        return "".join([segment.text for segment in self.close_segments()])

    def feed_segments(self, chunk: str) -> list[Segment]:
        """``feed``, with the values put back told apart."""
        if not self._index.known:
            return [Segment(chunk)] if chunk else []
        self._buffer += chunk
        return self._decide(final=False)

    def close_segments(self) -> list[Segment]:
        """``close``, with the values put back told apart. The restorer may then be used again."""
        segments = self._decide(final=True)
        self._buffer, self._given = "", 0
        self._reader = AddressReader(json_source=self._json)
        return segments

    def _decide(self, *, final: bool) -> list[Segment]:
        text, done = self._buffer, self._given
        kept = len(text) if final else self._begun(text, done)
        segments: list[Segment] = []
        # Most pieces hold no code: they need not be looked into.
        for start, end, code in self._wholes(text, done) if CODE.search(text, done) else ():
            if start >= kept:
                break
            if start > done:
                segments.append(self._plain(text[done:start]))
            segments.append(self._put_back(text[start:end], code))
            done = end
            if kept < end:
                kept = self._begun(text, end)
        if kept > done:
            segments.append(self._plain(text[done:kept]))
        first = max(0, kept - CONTEXT)
        self._buffer, self._given = text[first:], kept - first
        return segments

    def _plain(self, text: str) -> Segment:
        self._reader.read(text)
        return Segment(text)

    def _put_back(self, form: str, code: str) -> Segment:
        """The value, or the form as it stands when the value would be part of an address."""
        reader = self._reader
        if reader.inside:
            may_be = (reader.address, code) in self._index.addresses
            reader.read(form)
        else:
            may_be = True
            reader.read(self._written(self._index.known[code].value))
        known = self._index.known[code]
        return Segment(self._written(known.value), known.label) if may_be else Segment(form)

    def _begun(self, text: str, start: int) -> int:
        """Where a placeholder may have begun that only the text to come can decide; else the end."""
        return self._index.begun(text, max(start, len(text) - LONGEST))

    def _wholes(self, text: str, start: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, code) of each form of a known placeholder, from left to right."""
        for match in CODE.finditer(text, start):
            at = match.start()
            code = text[at : at + SIZE].upper()
            if at < start or code not in self._index.known:
                continue
            found = self._index.whole(text, start, at, code, json_source=self._json)
            if found is not None:
                yield (*found, code)
                start = found[1]

    def _written(self, value: str) -> str:
        return json.dumps(value, ensure_ascii=False)[1:-1] if self._json else value
