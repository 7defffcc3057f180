"""One kind of order to a model a file: found here, never listed."""

from __future__ import annotations
