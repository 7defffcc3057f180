"""A small fictional French company, to see Égide filled. Can be loaded again and removed."""

from __future__ import annotations
