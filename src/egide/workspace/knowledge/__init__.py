"""What the company declares of its own: lists of names to hide, confidential documents."""

from __future__ import annotations
