"""Limits, callers and snapshots for these tests, a clock that a test moves, and a store in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from egide.policy import Caller, Person, Policy, Provider, Trust, Usage
from egide.policy.limits import Cell, Limit, Measure, Period, Price, Subject
from egide.policy.windows import ZONE
from egide.ports import Count, Snapshot

CALLER = Caller(Person("p-1"), Usage("redaction", "Rédaction"))
OTHER = Caller(Person("p-2"), Usage("redaction", "Rédaction"))
PROVIDER = Provider("ailleurs", "Ailleurs", "openai", "http://127.0.0.1:1/v1", Trust.PUBLIC)
ELSEWHERE = Provider("autre", "Autre", "openai", "http://127.0.0.1:1/v1", Trust.PUBLIC)
NOON = datetime(2026, 11, 28, 12, 0, 20, tzinfo=ZONE).timestamp()
NO_PRICES: Mapping[tuple[str, str], Price] = {}


def limit(
    most: int,
    subject: Subject = Subject.PERSON,
    measure: Measure = Measure.REQUESTS,
    period: Period = Period.DAY,
    who: str = "",
) -> Limit:
    return Limit(subject, measure, period, most, who)


def snapshot(*limits: Limit, prices: Mapping[tuple[str, str], Price] = NO_PRICES) -> Snapshot:
    return Snapshot(1, "acme", Policy.default(), (PROVIDER, ELSEWHERE), limits=limits, prices=prices)


@dataclass
class Clock:
    """Tells the time that a test sets."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@dataclass
class Kept:
    """A ``CountStore`` that several processes could share. ``broken``: nothing works."""

    broken: bool = False
    values: dict[Cell, int] = field(default_factory=dict)
    until: dict[Cell, float] = field(default_factory=dict)
    closed: bool = False

    def merge(self, added: Sequence[Count], since: float, now: float) -> Sequence[Count]:
        if self.broken:
            raise OSError("disk full")
        for count in added:
            self.values[count.cell] = self.values.get(count.cell, 0) + count.value
            self.until[count.cell] = count.until
        return [Count(cell, value, self.until[cell]) for cell, value in self.values.items()]

    def forget(self, now: float) -> None:
        for cell in [cell for cell, until in self.until.items() if until <= now]:
            del self.until[cell], self.values[cell]

    def close(self) -> None:
        self.closed = True
