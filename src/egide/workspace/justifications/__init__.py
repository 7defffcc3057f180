"""Reasons that people give for an exchange, and what pilots decide of them."""

from __future__ import annotations
