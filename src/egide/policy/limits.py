"""Limits and prices: how much each may use, over what time, and what it costs. Data; the gateway counts.

A limit that names someone takes the place, for them, of the one that speaks of each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

MICRO: Final = 1_000_000
# From this share on, people are warned.
WARNING: Final = 0.8


class Subject(StrEnum):
    """Whose use is counted together."""

    COMPANY = "company"
    PERSON = "person"
    USAGE = "usage"
    PROVIDER = "provider"


class Measure(StrEnum):
    """What is counted. Costs are whole millionths of a euro, so that sums are exact."""

    REQUESTS = "requests"
    TOKENS = "tokens"
    COST = "cost"


class Period(StrEnum):
    """The calendar window in which it is counted."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` of a measure in a period. ``who``: an opaque id, or empty for each one apart."""

    subject: Subject
    measure: Measure
    period: Period
    most: int
    who: str = ""


class Cell(NamedTuple):
    """What one counter counts. ``measure`` is one of ``Measure``, or ``ESTIMATED``."""

    subject: str
    who: str
    measure: str
    period: str
    window: str


# The part of the tokens that no provider told: counted beside them, never limited.
ESTIMATED: Final = "estimated"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a limit is used. ``ends``: when its window ends, in POSIX seconds."""

    limit: Limit
    used: int
    ends: float

    @property
    def ratio(self) -> float:
        """1.0 when the limit is reached, more when what was in flight went beyond."""
        return self.used / self.limit.most

    @property
    def reached(self) -> bool:
        """Whether nothing more may start."""
        return self.used >= self.limit.most


@dataclass(frozen=True, slots=True)
class Price:
    """Euros per million tokens."""

    input: Decimal
    output: Decimal

    def cost(self, input_tokens: int, output_tokens: int) -> int:
        """In millionths of a euro, rounded up: a price per million is one per token in that unit."""
        return math.ceil(self.input * input_tokens + self.output * output_tokens)
