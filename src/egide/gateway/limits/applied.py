"""Which limits of the company speak of an exchange, and the counter of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from egide.policy import Caller, Provider
from egide.policy.limits import ESTIMATED, Cell, Limit, Measure, Period, Share, Subject
from egide.policy.windows import Window, window

_DAY: Final = 24 * 3600.0
# A counter outlives its window: a clock that went forward by mistake, and back, finds it again.
_KEPT: Final = {Period.MINUTE: 600.0, Period.DAY: 40 * _DAY, Period.MONTH: 400 * _DAY}
_MOST_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Applied:
    """A limit in one of its windows, for one caller and one provider."""

    limit: Limit
    cell: Cell
    ends: float

    @property
    def until(self) -> float:
        """When its counter may be forgotten."""
        return self.ends + _KEPT[self.limit.period]

    @property
    def estimated(self) -> Cell:
        """The counter of what was estimated among the tokens."""
        return self.cell._replace(measure=ESTIMATED)

    def share(self, used: int) -> Share:
        """How much of it ``used`` is."""
        return Share(self.limit, used, self.ends)


class Applying:
    """The same answer as ``applied``, kept until one of its windows ends or the limits change.

    It is asked for three times in each exchange. May be shared between threads.
    """

    def __init__(self) -> None:
        self._kept = _Kept(())

    def find(
        self, limits: tuple[Limit, ...], caller: Caller, provider: Provider, now: float
    ) -> list[Applied]:
        """What applies to this caller and provider now."""
        kept = self._kept
        if kept.limits is not limits or len(kept.found) > _MOST_KEPT:
            kept = self._kept = _Kept(limits)
        key = (caller.person.id, caller.usage.id, provider.id)
        known = kept.found.get(key)
        if known is None or not known[0] <= now < known[1]:
            found = applied(limits, caller, provider, now)
            ends = min((one.ends for one in found), default=now)
            known = kept.found[key] = (now, ends, found)
        return known[2]


@dataclass(frozen=True, slots=True)
class _Kept:
    """For one set of limits: from when, until when, and what."""

    limits: tuple[Limit, ...]
    found: dict[tuple[str, str, str], tuple[float, float, list[Applied]]] = field(default_factory=dict)


def applied(limits: Iterable[Limit], caller: Caller, provider: Provider, now: float) -> list[Applied]:
    """One for each subject, measure and period; a limit that names the caller's own comes first."""
    own = {
        Subject.COMPANY: "",
        Subject.PERSON: caller.person.id,
        Subject.USAGE: caller.usage.id,
        Subject.PROVIDER: provider.id,
    }
    chosen: dict[tuple[Subject, Measure, Period], Limit] = {}
    for limit in limits:
        if limit.who in ("", own[limit.subject]):
            place = (limit.subject, limit.measure, limit.period)
            if place not in chosen or limit.who:
                chosen[place] = limit
    windows = {period: window(period, now) for _, _, period in chosen}
    return [_in(windows[limit.period], limit, own[limit.subject]) for limit in chosen.values()]


def _in(found: Window, limit: Limit, who: str) -> Applied:
    cell = Cell(limit.subject.value, who, limit.measure.value, limit.period.value, found.name)
    return Applied(limit, cell, found.ends)
