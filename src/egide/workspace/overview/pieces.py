"""What the other apps bring to the first pages. Each says its own in a module ``home.py``:

def duties(person) -> list[Duty]      what this person has to do, done or not
def figures() -> list[Figure]         shares of the company, for those who lead
def dates(today) -> list[Date]        what is to happen, or is late
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from egide.workspace import discovery
from egide.workspace.accounts.models import User


@dataclass(frozen=True, slots=True)
class Duty:
    """``what`` as an order ("Lire la charte et la signer"); ``url`` leads to where it is done.

    ``required``: said by mail even to who asked for no reminder.
    """

    what: str
    url: str
    done: bool
    due: date | None = None
    required: bool = False

    def late(self, today: date) -> bool:
        """Whether it should be done by now."""
        return not self.done and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Figure:
    """``done`` of ``total`` people or things; a total of zero is shown as nothing yet.

    Without a total, ``done`` is a plain number.
    """

    title: str
    done: int
    total: int | None
    url: str

    @property
    def share(self) -> int | None:
        """In per cent, rounded down: 100 only when all are."""
        return self.done * 100 // self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Date:
    """Something with a day, company-wide.

    ``outside``: what a mail says of it, where ``what`` holds words of the company's own; empty where it holds
    none. A mail holds ``url`` as it is: no such word there either.
    """

    day: date
    what: str
    url: str
    outside: str


def _said(name: str, *given: object) -> Iterator[Any]:
    for module in discovery.modules("home"):
        if told := getattr(module, name, None):
            yield from told(*given)


def duties_of(person: User) -> list[Duty]:
    """What is left first, the most pressing first; then what is done."""
    return sorted(_said("duties", person), key=lambda one: (one.done, one.due or date.max))


def figures() -> list[Figure]:
    """Every share that an app tells."""
    return list(_said("figures"))


def dates(today: date) -> list[Date]:
    """Everything dated, the earliest first."""
    return sorted(_said("dates", today), key=lambda one: one.day)
