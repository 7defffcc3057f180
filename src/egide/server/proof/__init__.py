"""The proof that ``egide verify`` gives: planted values, what left, what came back."""

from __future__ import annotations
