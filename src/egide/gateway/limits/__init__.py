"""Limits on requests, tokens and cost: counted here, decided by the company, kept by a store."""

from __future__ import annotations

from egide.gateway.limits.limits import Limits

__all__ = ["Limits"]
