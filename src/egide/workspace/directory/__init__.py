"""Implements ports.Directory: the immutable snapshot that each exchange reads."""

from __future__ import annotations
