"""When a person has to pass each module: all on arrival, some again, all again when their content changes.

The rules are those of ``training.yaml`` (``help.renewal``, ``renewal``); people have 30 days each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.timezone import localdate

from egide.reference.training import Module

DELAY: Final = timedelta(days=30)


class State(StrEnum):
    TO_DO = "to_do"
    PASSED = "passed"
    TO_RENEW = "to_renew"


class Reason(StrEnum):
    """Why a module that was passed has to be passed again."""

    CONTENT = "content"
    ASKED = "asked"
    CHARTER = "charter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a module asks for: since when the company has it at all, and has this version of it.

    ``asked``: a pilot asked everybody to pass it again; ``charter``: the charter changed.
    """

    module: Module
    version: str
    first: datetime
    current: datetime
    asked: datetime | None = None
    charter: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """The last time that a person passed a module."""

    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person is with a module. ``due``: by when to pass it (again); none when never again."""

    module: Module
    state: State
    due: date | None
    passed_on: date | None = None
    reason: Reason | None = None
    late: bool = False


def standing(rule: Rule, passed: Passed | None, arrived: datetime, today: date) -> Standing:
    """Where a person who arrived then is with this module today."""
    if passed is None:
        due = localdate(max(arrived, rule.first)) + DELAY
        return Standing(rule.module, State.TO_DO, due, late=due < today)
    passed_on = localdate(passed.at)
    expires = a_year_after(passed_on) if rule.module.renewal == "yearly" else None
    causes = _causes(rule, passed)
    if expires is not None and today >= expires - DELAY:
        causes.append((expires, Reason.YEAR))
    if not causes:
        return Standing(rule.module, State.PASSED, expires, passed_on)
    due, reason = min(causes)
    return Standing(rule.module, State.TO_RENEW, due, passed_on, reason, late=due < today)


def _causes(rule: Rule, passed: Passed) -> list[tuple[date, Reason]]:
    causes: list[tuple[date, Reason]] = []
    if passed.version != rule.version:
        causes.append((localdate(rule.current) + DELAY, Reason.CONTENT))
    if rule.asked is not None and rule.asked > passed.at:
        causes.append((localdate(rule.asked) + DELAY, Reason.ASKED))
    if rule.charter is not None and rule.charter > passed.at:
        causes.append((localdate(rule.charter) + DELAY, Reason.CHARTER))
    return causes


def a_year_after(day: date) -> date:
    """When what was passed on this day expires."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + 1, day=28)
