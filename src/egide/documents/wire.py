"""What the server and the process that reads files say to each other: one JSON header, then raw bytes.

JSON and not pickle: whatever a hostile file makes of that process, it can only say words and numbers.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, Final

_SIZE: Final = struct.Struct(">I")


def packed(header: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """One message."""
    told = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}).encode()
    return b"".join((_SIZE.pack(len(told)), told, *blobs))


def unpacked(message: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Its header and its blobs. Raises ValueError when it is not whole."""
    if len(message) < _SIZE.size:
        raise ValueError("short message")
    start = _SIZE.size + _SIZE.unpack_from(message)[0]
    try:
        header = json.loads(message[_SIZE.size : start])
    except RecursionError:
        raise ValueError("deep header") from None
    if type(header) is not dict or type(header.get("sizes")) is not list:
        raise ValueError("no header")
    blobs = []
    for size in header["sizes"]:
        if type(size) is not int or not 0 <= size <= len(message) - start:
            raise ValueError("short message")
        blobs.append(message[start : start + size])
        start += size
    return header, blobs
