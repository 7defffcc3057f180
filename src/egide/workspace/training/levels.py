"""The rules of ``plan`` asked to the database for everybody at once: 2,000 people are too many one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final

from django.db.models import Case, Field, Max, Q, Value, When
from django.utils import timezone

from egide.workspace.training.models import Certificate
from egide.workspace.training.plan import DELAY, Rule, a_year_after

_DAY: Final = timedelta(days=1)
Terms = tuple[str | None, datetime | None]
"""The version of which a certificate must be, and since when; none: any."""


class Level(IntEnum):
    """Where someone who passed a module is with it: it is too late, there is time, nothing is to be done."""

    LATE = 0
    TO_RENEW = 1
    PASSED = 2


_LEVELS: Final = tuple(Level)


def levels(rules: Iterable[Rule], today: date) -> Iterator[tuple[int, str, Level]]:
    """Person, module and level, of each person, active or not, and each module that they passed."""
    asked = list(rules)
    level = Case(
        When(_any((rule, _up_to_date(rule, today)) for rule in asked), then=Value(Level.PASSED.value)),
        When(_any((rule, _in_time(rule, today)) for rule in asked), then=Value(Level.TO_RENEW.value)),
        default=Value(Level.LATE.value),
        # Not an IntegerField: Django would convert 16,000 whole numbers to whole numbers.
        output_field=Field(),
    )
    found = Certificate.objects.filter(person__isnull=False).values_list("person", "module")
    for person, module, best in found.annotate(best=Max(level)):
        yield person, module, _LEVELS[best]


def passed(rules: Iterable[Rule], today: date) -> int:
    """How many modules active people are up to date with, everybody together."""
    up_to_date = _any((rule, _up_to_date(rule, today)) for rule in rules)
    found = Certificate.objects.filter(up_to_date, person__is_active=True)
    return found.values("person", "module").distinct().count()


def overdue_since(today: date) -> datetime:
    """What was asked before this is late today."""
    return _start(today - DELAY)


def _up_to_date(rule: Rule, today: date) -> Terms:
    since = [at for at in (rule.asked, rule.charter) if at is not None]
    if rule.module.renewal == "yearly":
        since.append(_start(_first_day_that_lasts_until(today + DELAY + _DAY)))
    return rule.version, max(since, default=None)


def _in_time(rule: Rule, today: date) -> Terms:
    limit = overdue_since(today)
    since = [at for at in (rule.asked, rule.charter) if at is not None and at < limit]
    if rule.module.renewal == "yearly":
        since.append(_start(_first_day_that_lasts_until(today)))
    return rule.version if rule.current < limit else None, max(since, default=None)


def _any(terms: Iterable[tuple[Rule, Terms]]) -> Q:
    """Whether a certificate is as one of these asks: modules that ask for the same are named together, since
    the database looks at each certificate of everybody."""
    same: dict[Terms, list[str]] = {}
    for rule, asked in terms:
        same.setdefault(asked, []).append(rule.module.id)
    found = Q()
    for (version, since), modules in same.items():
        named = {"version": version, "passed_at__gte": since}
        found |= Q(module__in=modules, **{name: value for name, value in named.items() if value is not None})
    return found


def _first_day_that_lasts_until(day: date) -> date:
    """The first day such that what was passed on it expires on ``day`` or later."""
    first = day - timedelta(days=367)
    while a_year_after(first) < day:
        first += _DAY
    return first


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
