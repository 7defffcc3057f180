"""How an unforeseen failure is logged: its type and its place in the code, never its message."""

from __future__ import annotations

import traceback
from pathlib import Path


def place_of(failure: BaseException) -> str:
    """``KeyError at preparing.py:71``."""
    frames = traceback.extract_tb(failure.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(failure).__name__} at {where}"
