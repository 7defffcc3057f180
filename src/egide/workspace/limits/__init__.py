"""Limits on requests, tokens and cost: set by pilots, with what is used of them, and the prices they need."""

from __future__ import annotations
