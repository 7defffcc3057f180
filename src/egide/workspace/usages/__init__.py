"""Declared usages of AI: what for."""

from __future__ import annotations
