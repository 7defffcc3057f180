"""The first pages: what a person has to do and may use; for those who lead, the company at a glance."""

from __future__ import annotations
