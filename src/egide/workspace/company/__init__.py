"""The company that this installation belongs to."""

from __future__ import annotations
