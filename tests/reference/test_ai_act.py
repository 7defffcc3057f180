from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from egide.reference.ai_act import AiAct, Expr, ai_act
from egide.reference.files import read


@pytest.fixture
def content() -> Any:
    return read("ai_act.yaml")


def test_every_question_but_those_of_scope_rests_on_an_entry_with_a_source() -> None:
    table = ai_act()
    bare = {one.id for one in table.questions if not one.rests_on}
    assert bare == {"A1", "A2", "A3", "A4", "G2"}
    for one in table.questions:
        if one.rests_on:
            assert table.sources_of(table.entries[one.rests_on]), one.id


def test_what_was_not_read_says_so_of_its_sources() -> None:
    table = ai_act()
    assert all(source.verified for source in table.sources_of(table.duty["D-16"]))
    assert not any(source.verified for source in table.sources_of(table.duty["D-6-4"]))


def test_the_version_is_the_last_that_is_told() -> None:
    meta = ai_act().meta
    assert meta.changes[-1].version == meta.data_version
    assert [one.date for one in meta.changes] == sorted(one.date for one in meta.changes)


def test_dates_of_duties_are_those_of_the_calendar() -> None:
    table = ai_act()
    days = {one.applies_from for one in table.calendar}
    assert {one.applies_from for one in table.duties} <= days
    assert {one.applies_from for one in table.prohibited} <= days


def test_notices_only_have_the_fields_that_are_filled() -> None:
    for one in ai_act().notices:
        assert one.text.format(company="{contact}", contact="c", usage="u")


@pytest.mark.parametrize("wrong", ["duty", "outcome", "next", "back", "twice", "source", "unknown field"])
def test_a_table_that_does_not_hold_together_is_refused(content: Any, wrong: str) -> None:
    first = content["questions"][0]
    if wrong == "duty":
        content["outcomes"][2]["duties"] = ["D-99"]
    elif wrong == "outcome":
        first["if_no"]["outcomes"] = ["O-X"]
    elif wrong == "next":
        first["if_yes"]["next"] = "Z1"
    elif wrong == "back":
        content["questions"][3]["if_yes"]["next"] = "A1"
    elif wrong == "twice":
        content["duties"].append(content["duties"][0])
    elif wrong == "source":
        content["duties"][0]["sources"] = ["nulle_part"]
    else:
        first["score"] = 3
    with pytest.raises(ValidationError):
        AiAct.model_validate(content)


def test_computed_questions() -> None:
    assert Expr(any_flag_prefix="a.").holds(["b.a", "a.b"])
    assert not Expr(any_flag_prefix="a.").holds(["b.a"])
    assert Expr(any_flag_in=("x", "y")).holds(["y"])
    assert Expr(only_flag_prefix="a.", value="a.2").holds(["a.2", "b"])
    assert not Expr(only_flag_prefix="a.", value="a.2").holds(["a.2", "a.3"])
    assert not Expr(only_flag_prefix="a.", value="a.2").holds([])
    assert Expr(no_flag_prefix=("a.", "b")).holds(["c"])
    assert not Expr(no_flag_prefix=("a.", "b")).holds(["bb"])
    with pytest.raises(ValidationError):
        Expr(any_flag_prefix="a", no_flag_prefix=("b",))
    with pytest.raises(ValidationError):
        Expr()
