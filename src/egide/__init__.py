"""Égide: use generative AI responsibly and securely. The public library API is flat: import from here."""

from __future__ import annotations
