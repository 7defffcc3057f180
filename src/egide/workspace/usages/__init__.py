"""The inventory of usages of AI: who uses which tool for what, with which data and which control."""

from __future__ import annotations
