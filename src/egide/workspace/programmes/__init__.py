"""Public aids, self-diagnoses, training and support: ranked for the company, and what it follows."""

from __future__ import annotations
