"""The journal and the vault in SQL, and the page that shows types and counts."""

from __future__ import annotations
