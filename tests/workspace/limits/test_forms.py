from __future__ import annotations

import pytest
from django.utils import translation

from egide.policy import Role
from egide.policy.limits import MICRO
from egide.workspace.accounts.models import User
from egide.workspace.limits.forms import FigureForm, LimitForm, figure_of
from egide.workspace.limits.models import Limit


def form(**given: str) -> LimitForm:
    return LimitForm({"who": "person:", "figure": "200", "measure": "requests", "period": "day", **given})


@pytest.mark.parametrize(
    ("measure", "figure", "most"),
    [
        ("requests", "200", 200),
        ("requests", "1", 1),
        ("tokens", "1 000 000", 1_000_000),
        ("tokens", "50\u202f000", 50_000),
        ("cost", "12,50", 12_500_000),
        ("cost", "0,01", 10_000),
        ("cost", "30", 30_000_000),
        ("cost", "1000000000", 10**15),
    ],
)
def test_a_figure_is_written_as_people_write_it(measure: str, figure: str, most: int, db: None) -> None:
    asked = form(measure=measure, figure=figure)
    assert asked.is_valid(), asked.errors
    assert asked.limit.most == most


@pytest.mark.parametrize(
    ("figure", "most"), [("12,50", 12_500_000), ("1,200", 1_200 * MICRO), ("1,200.5", 1_200_500_000)]
)
def test_in_english_a_comma_parts_the_thousands(figure: str, most: int, db: None) -> None:
    with translation.override("en"):
        asked = form(measure="cost", figure=figure)
        assert asked.is_valid(), asked.errors
    assert asked.limit.most == most


def test_in_english_a_figure_is_given_back_with_a_point() -> None:
    limit = Limit(measure="cost", most=12_500_000)
    with translation.override("en"):
        assert figure_of(limit) == "12.50"
    assert figure_of(limit) == "12,50"


@pytest.mark.parametrize(
    ("measure", "figure"),
    [
        ("requests", "0"),
        ("requests", "-5"),
        ("requests", "1,5"),
        ("requests", "0,5"),
        ("requests", "beaucoup"),
        ("requests", ""),
        ("requests", "NaN"),
        ("requests", "1e99"),
        ("tokens", "10000000000000"),
        ("cost", "0,001"),
        ("cost", "0"),
        ("cost", "Infinity"),
    ],
)
def test_another_figure_is_refused_in_its_place(measure: str, figure: str, db: None) -> None:
    assert list(form(measure=measure, figure=figure).errors) == ["figure"]


@pytest.mark.parametrize(
    "wrong",
    [{"who": "person:inconnue"}, {"who": "ville:"}, {"who": ""}, {"measure": "estimated"}, {"period": "an"}],
)
def test_what_is_not_offered_is_refused(wrong: dict[str, str], db: None) -> None:
    assert list(form(**wrong).errors) == list(wrong)


def test_a_limit_may_name_somebody(db: None) -> None:
    julie = User.objects.create_user("julie@entreprise.example", Role.COLLABORATOR)
    asked = form(who=f"person:{julie.public_id}")
    assert asked.is_valid()
    assert (asked.limit.subject, asked.limit.who) == ("person", julie.public_id)


def test_the_same_limit_twice_is_refused(db: None) -> None:
    Limit.objects.create(subject="person", measure="requests", period="day", most=5)
    assert "existe déjà" in str(form().errors)
    assert form(period="month").is_valid()


@pytest.mark.parametrize(
    ("measure", "most", "shown"),
    [("cost", 12_500_000, "12,50"), ("cost", 3_000_000, "3"), ("tokens", 5, "5")],
)
def test_a_figure_is_shown_as_it_was_written_and_read_back(measure: str, most: int, shown: str) -> None:
    limit = Limit(subject="company", measure=measure, period="day", most=most)
    assert figure_of(limit) == shown
    again = FigureForm(limit, {"figure": shown})
    assert again.is_valid()
    assert again.cleaned_data["figure"] == most
