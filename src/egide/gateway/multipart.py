"""Reads ``multipart/form-data`` (RFC 7578) as it comes, in bounded memory.

    parser = Multipart(boundary_of(content_type))
    for piece in parser.feed(chunk): ...    # a ``Part`` begins, or bytes of the last one
    parser.close()

What is unusual (encoded parts, parts without a name, text around the parts) is refused rather than guessed
at: two programs that read it differently would not see the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from egide.errors import GatewayError

_MOST_HEADERS: Final = 4_096
_BOUNDARY = re.compile(r"""boundary=(?:"([^"\r\n]{1,70})"|([^\s";,]{1,70}))""", re.IGNORECASE)
_PARAMETER = re.compile(
    r""";\s*(name|filename)\*?=(?:"((?:[^"\\]|\\.)*)"|(?<=\*=)([^\s";,]*))""", re.IGNORECASE
)
_PLAIN: Final = frozenset({"binary", "8bit", "7bit"})
_KNOWN: Final = frozenset(
    {"content-disposition", "content-type", "content-transfer-encoding", "content-length"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """A field begins. ``filename`` is None unless it is a file."""

    name: str
    filename: str | None = field(default=None, repr=False)


def boundary_of(content_type: bytes) -> bytes:
    """The boundary. Raises GatewayError EG-4003 when the body is no form."""
    kind, _, parameters = content_type.decode("latin-1").partition(";")
    match = _BOUNDARY.search(parameters)
    if kind.strip().lower() != "multipart/form-data" or match is None:
        raise GatewayError("EG-4003", field="content-type")
    return (match[1] or match[2]).encode("latin-1")


class Multipart:
    """One body."""

    def __init__(self, boundary: bytes) -> None:
        self._mark = b"\r\n--" + boundary
        self._rest = b"\r\n"  # the first boundary has no line before it
        self._state = "before"
        self._done = False

    def feed(self, chunk: bytes) -> Iterator[Part | bytes]:
        """What ``chunk`` completes. Raises GatewayError EG-4003."""
        if self._done:
            self._after_end(chunk)
            return
        self._rest += chunk
        while not self._done:
            if self._state == "headers":
                head, found, rest = self._rest.partition(b"\r\n\r\n")
                if len(head) > _MOST_HEADERS:
                    raise _wrong()
                if not found:
                    return
                self._state, self._rest = "body", rest
                yield _part(head)
                continue
            if self._state == "boundary":
                if not self._after_boundary():
                    return
                continue
            data, found, rest = self._rest.partition(self._mark)
            if not found:
                # A boundary may have begun at the end.
                data, rest = data[: -len(self._mark)], data[-len(self._mark) :]
            self._rest = rest
            if data and self._state == "before":
                raise _wrong()
            if data:
                yield data
            if not found:
                return
            self._state = "boundary"

    def close(self) -> None:
        """The body has ended. Raises GatewayError EG-4003 when it was cut."""
        if not self._done:
            raise _wrong()

    def _after_end(self, rest: bytes) -> None:
        if rest.strip():
            raise _wrong()

    def _after_boundary(self) -> bool:
        """Whether what follows a boundary is there: the end, or the headers of a part."""
        line, found, rest = self._rest.partition(b"\r\n")
        if line[:2] == b"--":
            self._done = True
            self._after_end(self._rest[2:])
            return True
        if not found:
            if len(line) > _MOST_HEADERS:
                raise _wrong()
            return False
        if line.strip(b" \t"):
            raise _wrong()
        self._state, self._rest = "headers", rest
        return True


def _part(head: bytes) -> Part:
    try:
        lines = head.decode().split("\r\n")
    except UnicodeDecodeError:
        raise _wrong() from None
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    if len(headers) != len(lines):
        raise _wrong()
    if headers.keys() - _KNOWN or headers.get("content-transfer-encoding", "binary").lower() not in _PLAIN:
        raise _wrong()
    said = headers.get("content-disposition", "")
    found = [(name.lower(), quoted or bare) for name, quoted, bare in _PARAMETER.findall(said)]
    parameters = dict(found)
    if not said.lower().startswith("form-data") or "name" not in parameters or len(found) != len(parameters):
        raise _wrong()
    return Part(parameters["name"], parameters.get("filename"))


def _wrong() -> GatewayError:
    return GatewayError("EG-4003", field="multipart")
