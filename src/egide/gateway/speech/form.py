"""A form with one file (multipart/form-data, RFC 7578): read whole, written anew.

What is sent is never a piece of what came: two programs that read a form differently would not see the
same fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from egide.errors import GatewayError
from egide.gateway.multipart import Multipart, Part, boundary_of

_MANY: Final = "[]"
_MOST_PARTS: Final = 64
_LONGEST_NAME: Final = 80
_MOST_FIELD: Final = 200_000


class Given(NamedTuple):
    """A form as it came: texts by name, a list of them where the name ended with ``[]``; bytes of files."""

    fields: dict[str, Any]
    files: dict[str, memoryview]


def read(raw: bytes, content_type: bytes) -> Given:
    """Raises GatewayError EG-4071 when it is no such form, or has a name twice."""
    given = Given({}, {})
    for named, is_file, content in _parts(raw, content_type):
        name = named.removesuffix(_MANY)
        listed = name != named and not is_file
        before = given.fields.get(name)
        if name in given.files or (before is not None and not (listed and isinstance(before, list))):
            raise _unread()
        if is_file:
            given.files[name] = memoryview(content)
        elif listed:
            given.fields.setdefault(name, []).append(_text(content))
        else:
            given.fields[name] = _text(content)
    return given


def write(
    boundary: str, fields: Mapping[str, str | list[str]], file: tuple[str, str, str, memoryview]
) -> bytes:
    """``file``: its field, name, media type and bytes. Names are ours; texts may be anything but the
    boundary, which nobody else knows."""
    field, name, media, data = file
    line = f"--{boundary}\r\nContent-Disposition: form-data; name="
    parts = [
        f'{line}"{one}"\r\n\r\n{text}\r\n'.encode()
        for one, said in fields.items()
        for one, text in ([(one + _MANY, text) for text in said] if isinstance(said, list) else [(one, said)])
    ]
    head = f'{line}"{field}"; filename="{name}"\r\nContent-Type: {media}\r\n\r\n'.encode()
    return b"".join((*parts, head, data, f"\r\n--{boundary}--\r\n".encode()))


def _parts(raw: bytes, content_type: bytes) -> Iterator[tuple[str, bool, bytes]]:
    parts: list[tuple[Part, list[bytes]]] = []
    try:
        reader = Multipart(boundary_of(content_type))
        for piece in reader.feed(raw):
            if not isinstance(piece, Part):
                parts[-1][1].append(piece)
            elif len(parts) < _MOST_PARTS and len(piece.name) <= _LONGEST_NAME and piece.name.isascii():
                parts.append((piece, []))
            else:
                raise _unread()
        reader.close()
    except GatewayError:
        raise _unread() from None
    for part, pieces in parts:
        yield part.name, part.filename is not None, b"".join(pieces)


def _text(content: bytes) -> str:
    if len(content) > _MOST_FIELD:
        raise _unread()
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise _unread() from None


def _unread() -> GatewayError:
    return GatewayError("EG-4071")
