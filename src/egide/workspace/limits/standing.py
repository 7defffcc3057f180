"""How much of each limit is used now, for the page: whatever the number of people, the same queries."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext

from egide.policy.limit_words import amount, sentence
from egide.policy.limits import ESTIMATED, WARNING, Limit, Measure, Period
from egide.policy.windows import window
from egide.workspace.limits.models import Counter
from egide.workspace.limits.models import Limit as Row
from egide.workspace.limits.names import Key, names_of
from egide.workspace.limits.services import as_limit

# Of a limit that speaks of each, those who used the most are shown.
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Use:
    """One bar: who used how much of the limit."""

    name: str
    used: int
    limit: Limit
    estimated: int = 0

    @property
    def shown(self) -> str:
        """« 162 demandes (81 %) »."""
        told = {"amount": amount(self.limit.measure, self.used), "percent": self.percent}
        return gettext("%(amount)s (%(percent)s %%)") % told

    @property
    def percent(self) -> int:
        """The part of the limit that is used."""
        return math.floor(100 * self.used / self.limit.most)

    @property
    def note(self) -> str:
        """What of it no service told."""
        if not self.estimated:
            return ""
        return gettext("dont %(amount)s estimés") % {"amount": amount(Measure.TOKENS, self.estimated)}

    @property
    def state(self) -> str:
        """``reached``, ``near`` or nothing."""
        if self.used >= self.limit.most:
            return "reached"
        return "near" if self.used >= WARNING * self.limit.most else ""

    @property
    def calm(self) -> int:
        """The most that warns nobody."""
        return math.ceil(WARNING * self.limit.most) - 1

    @property
    def free(self) -> int:
        """The most that refuses nobody."""
        return self.limit.most - 1


@dataclass(frozen=True, slots=True)
class Standing:
    """A limit as the page shows it. ``more``: how many others used some of it."""

    id: int
    sentence: str
    uses: tuple[Use, ...] = field(default=())
    more: int = 0


def standings(now: float | None = None) -> list[Standing]:
    """Every limit with its use in the window of now."""
    rows = list(Row.objects.all())
    counted = _counted(time.time() if now is None else now)
    chosen = {row.pk: _most(row, rows, counted) for row in rows}
    keys = [key for found in chosen.values() for key, _, _ in found]
    names = names_of([*keys, *((row.subject, row.who) for row in rows)])
    return [_standing(row, chosen[row.pk], names) for row in rows]


Counted = Mapping[tuple[str, str, str], Mapping[str, int]]  # subject, measure, period → who → value


def _counted(now: float) -> Counted:
    current = {period.value: window(period, now).name for period in Period}
    found = Counter.objects.filter(window__in=current.values())
    by_kind: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for subject, who, measure, period, name, value in found.values_list(
        "subject", "who", "measure", "period", "window", "value"
    ):
        if current[period] == name:
            by_kind[subject, measure, period][who] = value
    return by_kind


def _most(row: Row, rows: Sequence[Row], counted: Counted) -> list[tuple[Key, int, int]]:
    """Who used some of this limit, most first. One that has a limit of their own is not counted in it."""
    values = counted.get((row.subject, row.measure, row.period), {})
    estimates = counted.get((row.subject, ESTIMATED, row.period), {}) if row.measure == Measure.TOKENS else {}
    kind = (row.subject, row.measure, row.period)
    apart = {r.who for r in rows if r.who and (r.subject, r.measure, r.period) == kind}
    mine = {row.who: values.get(row.who, 0)} if row.who or row.subject == "company" else values
    found = [
        ((row.subject, who), value, estimates.get(who, 0))
        for who, value in mine.items()
        if row.who or who not in apart
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _standing(row: Row, found: Sequence[tuple[Key, int, int]], names: Mapping[Key, str]) -> Standing:
    limit = as_limit(row)
    name = names.get((row.subject, row.who), "")
    uses = tuple(
        Use(names.get(key, "") or gettext("Toute l'entreprise"), value, limit, estimated)
        for key, value, estimated in found[:SHOWN]
    )
    return Standing(row.pk, sentence(limit, name), uses, max(0, len(found) - SHOWN))
