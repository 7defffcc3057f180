"""Values masked and stopped, week by week and by class of data, and their chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Sum
from django.utils.translation import gettext

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.workspace.overview.models import Tally

WEEKS: Final = 12
_HEIGHT, _STEP, _BAR, _LEFT, _TOP = 120, 48, 32, 8, 12


@dataclass(frozen=True, slots=True)
class Week:
    """From a Monday: values masked, values stopped."""

    start: date
    masked: int
    stopped: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A week as drawn, in units of the drawing; ``label_x`` is its middle."""

    week: Week
    x: int
    label_x: int
    masked_y: float
    masked_height: float
    stopped_y: float
    stopped_height: float


@dataclass(frozen=True, slots=True)
class Series:
    """``classes``: name, masked, stopped; most first. ``exchanges`` of the whole time."""

    weeks: tuple[Week, ...]
    classes: tuple[tuple[str, int, int], ...]
    exchanges: int

    @property
    def masked(self) -> int:
        """Values masked in all these weeks."""
        return sum(week.masked for week in self.weeks)

    @property
    def stopped(self) -> int:
        """Values stopped in all these weeks."""
        return sum(week.stopped for week in self.weeks)

    @property
    def bars(self) -> list[Bar]:
        """The weeks, drawn to the scale of the highest."""
        scale = _HEIGHT / max(1, *(week.masked + week.stopped for week in self.weeks))
        base, found = _TOP + _HEIGHT, []
        for place, week in enumerate(self.weeks):
            masked, stopped = week.masked * scale, week.stopped * scale
            x = _LEFT + place * _STEP
            found.append(
                Bar(
                    week,
                    x,
                    x + _BAR // 2,
                    round(base - masked, 1),
                    round(masked, 1),
                    round(base - masked - stopped, 1),
                    round(stopped, 1),
                )
            )
        return found

    @property
    def width(self) -> int:
        """Of the drawing."""
        return 2 * _LEFT + len(self.weeks) * _STEP


def series(today: date, weeks: int = WEEKS) -> Series:
    """The last ``weeks`` weeks, this one included."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    masked: Counter[date] = Counter()
    stopped: Counter[date] = Counter()
    by_class: dict[str, list[int]] = {}
    rows = Tally.objects.filter(day__gte=starts[0], day__lte=today)
    values = rows.exclude(label="")
    for day, outcome, count in values.values_list("day", "outcome").annotate(Sum("count")):
        start = day - timedelta(days=day.weekday())
        (stopped if outcome == "stopped" else masked)[start] += count
    for label, outcome, count in values.values_list("label", "outcome").annotate(Sum("count")):
        found = by_class.setdefault(LABELS[label].data_class if label in LABELS else label, [0, 0])
        found[outcome == "stopped"] += count
    exchanges = rows.filter(label="").aggregate(total=Sum("count"))["total"] or 0
    classes = sorted(by_class.items(), key=lambda item: -sum(item[1]))
    return Series(
        tuple(Week(start, masked[start], stopped[start]) for start in starts),
        tuple((gettext(DATA_CLASSES.get(name, name)), one, other) for name, (one, other) in classes),
        exchanges,
    )
