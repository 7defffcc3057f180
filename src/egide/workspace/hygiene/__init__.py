"""Attestations of good practice: campaigns, each person's own answers, and counts for pilots."""

from __future__ import annotations
