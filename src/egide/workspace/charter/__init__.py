"""The charter of AI use: drafted from clauses, published in versions that never change, read and signed."""

from __future__ import annotations
