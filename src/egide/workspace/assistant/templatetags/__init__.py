"""Template tags of the Assistant."""

from __future__ import annotations
