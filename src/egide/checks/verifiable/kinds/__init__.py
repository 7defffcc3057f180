"""One kind of thing to verify a file: found here, never listed."""

from __future__ import annotations
