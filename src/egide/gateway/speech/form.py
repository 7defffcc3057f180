"""A form with one file (multipart/form-data, RFC 7578): read whole and strictly, written anew.

What is sent is never a piece of what came: two programs that read a form differently would not see the
same fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from egide.errors import GatewayError

_MANY: Final = "[]"
_MOST_PARTS: Final = 64
_MOST_HEAD: Final = 2_000
_MOST_FIELD: Final = 200_000
_BOUNDARY = re.compile(
    rb'multipart/form-data\s*;(?:[^"]*;)?\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE
)
_NAME = re.compile(rb';\s*name="([^"\r\n]{1,80})"', re.IGNORECASE)
_FILE = re.compile(rb";\s*filename\*?=", re.IGNORECASE)
_ENCODING = re.compile(rb"^content-transfer-encoding\s*:", re.IGNORECASE | re.MULTILINE)


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
            given.files[name] = content
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


def _parts(raw: bytes, content_type: bytes) -> Iterator[tuple[str, bool, memoryview]]:
    found = _BOUNDARY.match(content_type.strip())
    if not found:
        raise _unread()
    mark = b"--" + (found[1] or found[2])
    if not raw.startswith(mark + b"\r\n"):
        raise _unread()
    view, at = memoryview(raw), len(mark) + 2
    for _ in range(_MOST_PARTS):
        end = raw.find(b"\r\n" + mark, at)
        head = raw.find(b"\r\n\r\n", at, at + _MOST_HEAD)
        if head < 0 or head + 4 > end:
            raise _unread()
        name, is_file = _named(raw[at:head])
        yield name, is_file, view[head + 4 : end]
        at = end + 2 + len(mark)
        after = raw[at : at + 2]
        if after == b"--":
            if raw[at + 2 :].strip():
                raise _unread()
            return
        if after != b"\r\n":
            raise _unread()
        at += 2
    raise _unread()


def _named(head: bytes) -> tuple[str, bool]:
    """The name of a part, and whether it is a file."""
    lines = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-disposition:")]
    if len(lines) != 1 or _ENCODING.search(head) or b"form-data" not in lines[0].lower():
        raise _unread()
    names = _NAME.findall(lines[0])
    if len(names) != 1 or not names[0].isascii():
        raise _unread()
    return names[0].decode("ascii"), bool(_FILE.search(lines[0]))


def _text(content: memoryview) -> str:
    if len(content) > _MOST_FIELD:
        raise _unread()
    try:
        return bytes(content).decode()
    except UnicodeDecodeError:
        raise _unread() from None


def _unread() -> GatewayError:
    return GatewayError("EG-4071")
