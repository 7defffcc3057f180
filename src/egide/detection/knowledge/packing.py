"""Arrays in one run of bytes, to be kept in a database and read back without copying them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_MARK: Final = b"EGK1"
_ALIGNED: Final = 8


def pack(arrays: Mapping[str, Array]) -> bytes:
    """``arrays`` one after the other, behind a header that names them."""
    told = [(name, array.dtype.str, len(array)) for name, array in arrays.items()]
    head = json.dumps(told).encode()
    parts = [_MARK, len(head).to_bytes(4, "little"), _filled(head)]
    parts += [_filled(np.ascontiguousarray(array).tobytes()) for array in arrays.values()]
    return b"".join(parts)


def unpack(packed: bytes) -> dict[str, Array]:
    """What ``pack`` was given, read-only. Raises ValueError on anything else."""
    if packed[:4] != _MARK:
        raise ValueError("not packed by this version")
    size = int.from_bytes(packed[4:8], "little")
    arrays, at = {}, 8 + _room(size)
    for name, kind, count in json.loads(packed[8 : 8 + size]):
        arrays[name] = np.frombuffer(packed, np.dtype(kind), count, at)
        at += _room(arrays[name].nbytes)
    return arrays


def _room(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _filled(data: bytes) -> bytes:
    return data.ljust(_room(len(data)), b"\0")
