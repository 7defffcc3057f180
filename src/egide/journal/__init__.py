"""The journal: one chain of records per writer, signed checkpoints, export and independent verification."""

from __future__ import annotations
