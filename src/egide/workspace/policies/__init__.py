"""The policy in force, the company's exceptions and its own terms to hide."""

from __future__ import annotations
