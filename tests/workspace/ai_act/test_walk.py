from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from egide.reference.ai_act import ai_act
from egide.workspace.ai_act.walk import CLASSES, NO, UNKNOWN, YES, Walk, walk, without_any

TABLE = ai_act()
ASKED = [one.id for one in TABLE.questions if not one.computed]
BYTES = st.binary(min_size=len(ASKED), max_size=len(ASKED))
ALL = BYTES.map(lambda drawn: {one: (NO, YES)[byte % 2] for one, byte in zip(ASKED, drawn, strict=True)})
WITH_UNKNOWN = BYTES.map(
    lambda drawn: {one: (NO, YES, UNKNOWN)[byte % 3] for one, byte in zip(ASKED, drawn, strict=True)}
)
USER = ("A1", "A4", "B1")


def said(*yes: str) -> Walk:
    return walk(TABLE, {one: YES if one in yes else NO for one in ASKED})


@given(WITH_UNKNOWN)
@settings(max_examples=100)
def test_every_walk_ends_and_asks_nothing_twice(told: dict[str, str]) -> None:
    done = walk(TABLE, told)
    assert done.next is None
    asked = [step.question.id for step in done.steps]
    assert len(asked) == len(set(asked))


@given(WITH_UNKNOWN)
@settings(max_examples=100)
def test_only_the_answers_on_the_way_count(told: dict[str, str]) -> None:
    done = walk(TABLE, told)
    assert walk(TABLE, done.answers) == done


@given(ALL)
@settings(max_examples=100)
def test_a_known_walk_has_a_class(told: dict[str, str]) -> None:
    done = walk(TABLE, told)
    assert done.settled
    # A duty of transparency that is another's leaves the class to what is left: at least minimal.
    assert done.level in CLASSES


@given(WITH_UNKNOWN)
@settings(max_examples=100)
def test_every_outcome_has_a_reason_an_article_and_its_day(told: dict[str, str]) -> None:
    done = walk(TABLE, told)
    for one in done.found:
        assert one.because
        assert all(step in done.steps for step in one.because)
        assert all(step.answer != UNKNOWN for step in one.because)
        assert one.outcome.legal_ref
        assert one.outcome.why
        assert one.applies_from is not None or one.level in ("role", "hors_champ")


@given(WITH_UNKNOWN)
@settings(max_examples=100)
def test_role_gates_every_duty(told: dict[str, str]) -> None:
    done = walk(TABLE, told)
    for due in done.duties:
        assert set(due.roles) <= set(done.roles) | {"tous"}
        assert "tous" in due.duty.role or set(due.roles) <= set(due.duty.role)
        assert due.applies_from >= due.duty.applies_from
    if "fournisseur" not in done.roles:
        assert {"D-50-1", "D-50-2", "D-16"}.isdisjoint(due.duty.id for due in done.duties)
        assert {"O-T-DIALOGUE", "O-T-MARQUAGE"}.isdisjoint(done.ids)


def test_an_outcome_has_a_day_even_if_what_it_goes_with_is_not_known() -> None:
    told = {one: YES if one in (*USER, "D2_8", "D2_8b", "D3", "D8") else NO for one in ASKED}
    done = walk(TABLE, {**told, "D5": UNKNOWN})
    (one,) = (found for found in done.found if found.outcome.id == "O-INFO-SALARIES")
    assert one.applies_from == date(2027, 12, 2)


def test_what_who_uses_it_owes_binds_no_provider() -> None:
    for place, owed in (("B2", False), ("B1", True)):
        done = said("A1", "A4", place, "D2_5", "D2_5b", "D4", "D8")
        assert done.level == "haut_risque"
        assert ({"O-FRIA", "O-INFO-SALARIES"} <= done.ids) is owed
        assert ({"D-27", "D-26-7"} <= {one.duty.id for one in done.duties}) is owed
        assert ({"D-27", "D-26-7"} <= {one.id for found in done.found for one in found.others}) is not owed


@given(WITH_UNKNOWN)
@settings(max_examples=100)
def test_an_unknown_answer_raises_nothing(told: dict[str, str]) -> None:
    done = walk(TABLE, told)
    assert all(not step.raised for step in done.unknown)
    assert done.settled == (not done.unknown)


def test_a_walk_stops_where_nothing_was_answered() -> None:
    done = walk(TABLE, {"A1": YES})
    assert done.next is not None
    assert done.next.id == "A2"
    assert done.level is None
    assert not done.settled


def test_reasons_are_the_answers_that_count() -> None:
    done = said(*USER, "D2_1", "D2_4", "D2_4a", "D4", "E1", "E2", "G1")
    because = {one.outcome.id: [step.question.id for step in one.because] for one in done.found}
    assert because["O-HR-ANNEXE-III"] == ["D2_4", "D2_4a", "D3", "D4"]
    assert because["O-T-MARQUAGE"] == ["E2", "E2B"]
    assert because["O-T-DIALOGUE"] == ["E1", "E1B"]
    prohibited = said(*USER, "C6")
    assert [step.question.id for step in prohibited.found[-1].because] == ["C6", "C6X"]


def test_a_company_of_two_roles_is_told_which_answer_gave_it() -> None:
    done = said(*USER, "B2", "E1", "G1")
    found = next(one for one in done.found if one.outcome.id == "O-T-DIALOGUE")
    assert [step.question.id for step in found.because] == ["B2", "E1", "E1B"]


def test_a_prohibition_applies_from_the_day_of_its_practice() -> None:
    for question, day in (("C1", date(2025, 2, 2)), ("C9", date(2026, 12, 2)), ("C10", date(2026, 12, 2))):
        found = said(*USER, question).found[-1]
        assert found.outcome.id == "O-INTERDIT"
        assert found.applies_from == day
        assert found.duties[0].applies_from == day


def test_both_annexes_at_once_apply_from_the_first() -> None:
    done = said(*USER, "D1", "D1B", "D1C", "D2_4", "D2_4a", "D4", "D8", "G1")
    days = {due.duty.id: due.applies_from for due in done.duties}
    assert days["D-26-1"] == days["D-26-7"] == date(2027, 12, 2)


def test_none_of_these_stays_in_its_stage() -> None:
    told = {"A1": YES, "A2": NO, "A3": NO, "A4": YES, "B1": YES, "B2": NO, "B2B": NO}
    after = without_any(TABLE, "interdit", told)
    assert set(after) - set(told) == {f"C{number}" for number in range(1, 11)}
    assert walk(TABLE, after).next == TABLE.by_id["D1"]
    assert without_any(TABLE, "modele", told) == told
