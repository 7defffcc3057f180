"""Data classes, rules, decisions with reasons."""

from __future__ import annotations

from egide.policy.model import (
    Action,
    Caller,
    Decision,
    Fallback,
    Network,
    Person,
    Price,
    Provider,
    Role,
    Treatment,
    Trust,
    Usage,
)
from egide.policy.policy import Policy

__all__ = [
    "Action",
    "Caller",
    "Decision",
    "Fallback",
    "Network",
    "Person",
    "Policy",
    "Price",
    "Provider",
    "Role",
    "Treatment",
    "Trust",
    "Usage",
]
