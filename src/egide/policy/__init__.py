"""Data classes, rules, decisions with reasons."""

from __future__ import annotations

from egide.policy.model import (
    Action,
    Caller,
    Decision,
    Fallback,
    Network,
    Person,
    Pictures,
    Provider,
    Role,
    Speech,
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
    "Pictures",
    "Policy",
    "Provider",
    "Role",
    "Speech",
    "Treatment",
    "Trust",
    "Usage",
]
