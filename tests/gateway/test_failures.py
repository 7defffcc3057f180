from __future__ import annotations

from egide.gateway.failures import place_of


def test_the_type_and_the_place_but_never_the_message() -> None:
    try:
        {}["Solenne Garrigou"]
    except KeyError as failure:
        said = place_of(failure)
    assert said.startswith("KeyError at test_failures.py:")
    assert "Garrigou" not in said


def test_a_failure_that_was_never_raised() -> None:
    assert place_of(ValueError("x")) == "ValueError at ?"
