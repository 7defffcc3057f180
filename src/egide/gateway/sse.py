"""Server-sent events (WHATWG HTML, section 9.2.6), read from bytes cut anywhere.

Events are cut out of bytes, so that half a character never is: it is still there when the event is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MOST_PENDING: Final = 8_000_000


@dataclass(slots=True)
class Event:
    """One event. ``data`` is its data lines joined by a new line; empty for a comment (a sign of life)."""

    name: str
    data: bytes = field(repr=False)


class EventParser:
    """Feed it bytes; it gives the events that are complete."""

    def __init__(self) -> None:
        self._rest = b""
        # What came since, without a line end: joined once one comes, not at each of its pieces.
        self._pieces: list[bytes] = []
        self._pending = 0
        self._first = True

    def feed(self, chunk: bytes) -> list[Event]:
        """Events completed by ``chunk``. Raises ValueError when one grows beyond all measure."""
        self._pieces.append(chunk)
        if b"\n" not in chunk and b"\r" not in chunk and not self._rest.endswith(b"\r"):
            self._wait(self._pending + len(chunk))
            return []
        text = self._rest + b"".join(self._pieces)
        self._pieces.clear()
        if b"\r" in text:
            # A carriage return at the end may be half of a line end: it waits for its other half.
            held = b"\r" if text.endswith(b"\r") else b""
            text = text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n") + held
        *blocks, self._rest = text.split(b"\n\n")
        self._wait(len(self._rest))
        return [event for block in blocks for event in self._event(block)]

    def close(self) -> list[Event]:
        """The last event of a stream whose final blank line is missing."""
        block = b"".join((self._rest, *self._pieces)).rstrip(b"\r\n")
        self._rest, self._pieces = b"", []
        return list(self._event(block))

    def _wait(self, pending: int) -> None:
        if pending > MOST_PENDING:
            raise ValueError("event too long")
        self._pending = pending

    def _event(self, block: bytes) -> Iterator[Event]:
        if self._first:
            self._first = False
            block = block.removeprefix(b"\xef\xbb\xbf")
        if block.startswith(b"data: ") and b"\n" not in block:  # nearly all of them
            yield Event("", block[6:])
            return
        name, data, comment = b"", list[bytes](), False
        for line in block.split(b"\n"):
            field_name, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if field_name == b"data":
                data.append(value)
            elif field_name == b"event":
                name = value
            elif line.startswith(b":"):
                comment = True
        if data:
            yield Event(name.decode("utf-8", "replace"), b"\n".join(data))
        elif comment:
            yield Event("", b"")


def encode(data: bytes, name: str = "") -> bytes:
    """One event on the wire. ``data`` holds no line end (JSON as orjson writes it)."""
    head = b"event: " + name.encode() + b"\n" if name else b""
    return head + b"data: " + data + b"\n\n"


COMMENT: Final = b":\n\n"
