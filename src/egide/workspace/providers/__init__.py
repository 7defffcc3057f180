"""AI services: their address, trust and sealed key."""

from __future__ import annotations
