from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.policy.limits import Cell
from egide.ports import Count
from egide.workspace.accounts.models import User
from egide.workspace.limits.models import Limit
from egide.workspace.limits.standing import SHOWN, standings
from egide.workspace.limits.store import SqlCounts
from egide.workspace.usages import services as usages

NOON = 1_764_327_620.0  # 28 November 2025, 12:00:20 in Paris
FOR_EVER = 4e9


def used(subject: str, who: str, value: int, measure: str = "requests", window: str = "2025-11-28") -> None:
    period = "day" if len(window) == 10 else "month"
    SqlCounts().merge([Count(Cell(subject, who, measure, period, window), value, FOR_EVER)], 0.0, NOON)


def limit(most: int, subject: str = "person", who: str = "", measure: str = "requests") -> Limit:
    return Limit.objects.create(subject=subject, who=who, measure=measure, period="day", most=most)


def test_those_who_used_the_most_come_first_by_name(person: Callable[..., User]) -> None:
    limit(10)
    for i in range(SHOWN + 2):
        used("person", person(email=f"p{i}@entreprise.example", name=f"Personne {i}").public_id, i + 1)
    (standing,) = standings(NOON)
    assert [use.name for use in standing.uses] == [f"Personne {i}" for i in (6, 5, 4, 3, 2)]
    assert standing.more == 2
    assert standing.uses[0].shown == "7 demandes (70 %)"
    assert standing.sentence == "Chaque personne : 10 demandes par jour"


@pytest.mark.parametrize(
    ("value", "state"), [(7, ""), (8, "near"), (9, "near"), (10, "reached"), (12, "reached")]
)
def test_what_is_near_and_what_is_reached(value: int, state: str, db: None) -> None:
    limit(10, "company")
    used("company", "", value)
    assert [(use.name, use.state) for use in standings(NOON)[0].uses] == [("Toute l'entreprise", state)]


def test_who_has_a_limit_of_their_own_is_not_counted_in_that_of_each(person: Callable[..., User]) -> None:
    julie = person(name="Julie")
    limit(10)
    limit(99, who=julie.public_id)
    used("person", julie.public_id, 50)
    used("person", "gone", 2)
    shown = {standing.sentence: [use.name for use in standing.uses] for standing in standings(NOON)}
    assert shown == {
        "Chaque personne : 10 demandes par jour": ["une personne partie"],
        "Julie : 99 demandes par jour": ["Julie"],
    }


def test_another_window_does_not_count(db: None) -> None:
    limit(10, "company")
    used("company", "", 5, window="2025-11-27")
    used("company", "", 5, window="2025-11")
    assert [use.used for use in standings(NOON)[0].uses] == [0]


def test_what_is_estimated_is_told(db: None) -> None:
    limit(1000, "usage", "devis", "tokens")
    usages.add("Devis")
    used("usage", "devis", 400, "tokens")
    used("usage", "devis", 150, "estimated")
    (use,) = standings(NOON)[0].uses
    assert (use.name, use.note) == ("Devis", "dont 150 jetons estimés")


def test_the_queries_do_not_grow_with_people_nor_limits(person: Callable[..., User]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            standings(NOON)
        return len(asked)

    limit(10)
    used("person", person(Role.PILOT).public_id, 1)
    before = queries()
    for i in range(12):
        someone = person(email=f"p{i}@entreprise.example")
        used("person", someone.public_id, 1)
        limit(10, who=someone.public_id)
    assert queries() == before
