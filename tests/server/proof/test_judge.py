from __future__ import annotations

import pytest

from egide.server.proof.judge import Seen, Verdict, judge
from egide.server.proof.plants import Plant

PLANT = Plant(
    "ADDRESS", "Livrer au 27 rue des Tanneurs, 49300 Cholet avant midi.", "27 rue des Tanneurs, 49300 Cholet"
)
MASKED = {"messages": [{"content": "Livrer au [ADRESSE_7K4Q2M] avant midi."}]}


def test_masked_then_restored() -> None:
    assert judge(PLANT, Seen([MASKED], f"Vu : {PLANT.value}.")) is Verdict.RESTORED


@pytest.mark.parametrize(
    "sent",
    [
        PLANT.text,
        "Livrer au [ADRESSE_7K4Q2M], 49300 Cholet avant midi.",
        "Livrer au 27 [ADRESSE_7K4Q2M] avant midi.",
        "Livrer rue des Tanneurs",
    ],
)
def test_a_piece_that_leaves_is_a_leak(sent: str) -> None:
    nested = {"tools": [{"arguments": sent}]}
    assert judge(PLANT, Seen([nested], PLANT.value)) is Verdict.LEAK


def test_a_value_used_as_a_key_is_a_leak() -> None:
    assert judge(PLANT, Seen([{PLANT.value: 1}])) is Verdict.LEAK


def test_a_code_that_looks_like_a_piece_is_no_leak() -> None:
    assert judge(PLANT, Seen([{"a": "Livrer au [ADRESSE_27AAAA]"}], PLANT.value)) is Verdict.RESTORED


def test_what_comes_back_with_a_placeholder_is_told() -> None:
    assert judge(PLANT, Seen([MASKED], "Vu : [ADRESSE_7K4Q2M].")) is Verdict.NOT_RESTORED


def test_a_refusal_proves_only_when_nothing_left() -> None:
    assert judge(PLANT, Seen(refusal="EG-3001")) is Verdict.REFUSED
    assert judge(PLANT, Seen([MASKED], refusal="EG-3001")) is Verdict.FAILED


def test_where_a_value_may_stand_only_the_policy_refuses() -> None:
    assert judge(PLANT, Seen(refusal="EG-4003")) is Verdict.FAILED
    assert judge(PLANT, Seen(refusal="EG-4003"), "closed") is Verdict.REFUSED


def test_a_field_that_is_never_sent_gives_nothing_back() -> None:
    assert judge(PLANT, Seen([{"messages": []}], "bonjour"), "withheld") is Verdict.WITHHELD
    assert judge(PLANT, Seen([{"metadata": PLANT.text}]), "withheld") is Verdict.LEAK


def test_a_text_that_goes_through_a_closed_field_is_no_proof() -> None:
    assert judge(PLANT, Seen([MASKED], PLANT.value), "closed") is Verdict.FAILED


def test_an_exchange_without_answer_proves_nothing() -> None:
    assert judge(PLANT, Seen(failure="EG-4008")) is Verdict.FAILED
    assert judge(PLANT, Seen([], PLANT.value)) is Verdict.FAILED


def test_a_label_without_rule_is_shown_as_such() -> None:
    coming = Plant("CONFIDENTIAL_COPY", PLANT.text, PLANT.value, not_yet="plus tard")
    verdict = judge(coming, Seen([{"a": PLANT.text}], PLANT.value))
    assert verdict is Verdict.NOT_FOUND_YET
    assert not verdict.proved


def test_an_answer_in_figures_has_nothing_to_give_back() -> None:
    assert judge(PLANT, Seen([MASKED], "0.5"), "hidden") is Verdict.MASKED
    assert judge(PLANT, Seen([{"input": PLANT.text}], "0.5"), "hidden") is Verdict.LEAK
    assert judge(PLANT, Seen(failure="500"), "hidden") is Verdict.FAILED
    assert judge(PLANT, Seen(refusal="EG-3001"), "hidden") is Verdict.REFUSED
    assert judge(PLANT, Seen(refusal="EG-4003"), "hidden") is Verdict.FAILED
