from __future__ import annotations

from egide.checks import check_answer
from egide.detection import Detector


def test_a_finished_answer_is_checked_at_once() -> None:
    answer = "M. Gaspard Lemoine (06 39 98 41 27, puis 06 39 98 41 27) doit 250 €. ![x](https://a.example/p)"
    checks = check_answer(answer, Detector().detect(answer), ["Que doit-il ?"])
    assert checks.unsent_counts == {"PERSON": 1, "PHONE": 1}
    assert checks.item_counts == {"amount": 1}
    assert [one.kind for one in checks.active] == ["image"]
    assert checks


def test_an_ordinary_answer_says_nothing() -> None:
    assert not check_answer("Bonjour, avec plaisir.", [], [])


def test_a_link_that_carries_data_is_not_to_be_opened_to_verify_it() -> None:
    checks = check_answer("[voir](https://a.example/?nom=Gaspard+Lemoine)", [], [])
    assert [one.kind for one in checks.active] == ["link"]
    assert checks.items == ()
