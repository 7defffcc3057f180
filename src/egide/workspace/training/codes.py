"""The code of a certificate: 130 random bits, in letters and figures that nobody takes for another."""

from __future__ import annotations

import secrets
from typing import Final

# Crockford's base 32: no I, L, O or U.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
LENGTH: Final = 26


def new_code() -> str:
    """A code that cannot be guessed."""
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))


def written(code: str) -> str:
    """The code as people read it: in groups."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def read(typed: str) -> str:
    """The code that someone typed, or nothing when it cannot be one."""
    code = "".join(typed.upper().split()).replace("-", "").translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(_SIGNS) else ""
