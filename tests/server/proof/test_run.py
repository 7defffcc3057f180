from __future__ import annotations

from dataclasses import replace

import pytest

from egide.server.proof.judge import Verdict
from egide.server.proof.plants import plants
from egide.server.proof.report import Outcome, worst
from egide.server.proof.run import Proof, cases, prove_control

LEAKED = Outcome("PHONE", "openai-chat messages", False, "off", Verdict.LEAK)
FINE = replace(LEAKED, policy="default", verdict=Verdict.RESTORED)


def test_every_label_is_planted_streamed_and_not() -> None:
    seen = {(plant.label, streamed) for plant, position, streamed in cases() if position.kind == "masked"}
    assert seen == {(plant.label, streamed) for plant in plants() for streamed in (False, True)}


async def test_with_masking_off_every_label_and_field_leaks() -> None:
    steps: list[str] = []
    control = await prove_control(steps.append)
    assert steps == ["off"]
    assert worst(control) is Verdict.LEAK
    assert {o.verdict for o in control} <= {Verdict.LEAK, Verdict.NOT_FOUND_YET}
    assert {o.label for o in control} == {plant.label for plant in plants()}


@pytest.mark.parametrize("verdict", [Verdict.LEAK, Verdict.NOT_RESTORED, Verdict.FAILED])
def test_one_bad_exchange_is_no_proof(verdict: Verdict) -> None:
    assert Proof([FINE], [LEAKED]).proved
    assert not Proof([FINE, replace(FINE, verdict=verdict)], [LEAKED]).proved


def test_a_control_that_sees_no_leak_is_no_proof() -> None:
    assert not Proof([FINE], [replace(LEAKED, verdict=Verdict.RESTORED)]).proved
    assert not Proof([FINE], []).proved
