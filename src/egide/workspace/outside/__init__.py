"""Public services that pages may ask, each off until a pilot turns it on. Nothing depends on them."""

from __future__ import annotations
