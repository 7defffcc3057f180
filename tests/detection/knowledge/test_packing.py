from __future__ import annotations

import numpy as np
import pytest

from egide.detection.knowledge.packing import pack, unpack


def test_what_is_packed_is_read_back() -> None:
    arrays = {"a": np.array([1, 2, 3], np.uint64), "b": np.array([7], np.uint8), "c": np.zeros(0, np.uint32)}
    back = unpack(pack(arrays))
    assert {name: (array.dtype, array.tolist()) for name, array in back.items()} == {
        name: (array.dtype, array.tolist()) for name, array in arrays.items()
    }


def test_anything_else_is_refused() -> None:
    with pytest.raises(ValueError, match="packed"):
        unpack(b"EGK0" + bytes(40))
