"""Shared page components: base page, menu, theme, forms, icons."""

from __future__ import annotations
