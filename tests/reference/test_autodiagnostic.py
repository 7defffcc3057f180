from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from egide.reference.autodiagnostic import Questionnaire, questionnaire
from egide.reference.files import read


def test_every_question_has_its_source_and_a_remedy() -> None:
    assert len(questionnaire().axes) == 8
    assert len(questionnaire().questions) == 40
    for question in questionnaire().questions:
        assert question.sources
        assert question.remedy.text
        assert questionnaire().question(question.id) is question


def test_a_critical_question_is_set_aside_only_by_its_condition() -> None:
    for question in questionnaire().questions:
        if question.critical and not question.applies_if:
            assert not question.may_be_set_aside
    assert [one.id for one in questionnaire().questions if one.applies_if] == ["et4", "et5"]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(surprise=1),
        lambda c: c["questions"][0].update(surprise=1),
        lambda c: c["questions"].append(c["questions"][0]),
        lambda c: c["questions"].pop(),
        lambda c: c["questions"][0].update(axis="inconnu"),
        lambda c: c["questions"][0].update(weight=4),
        lambda c: c["questions"][0]["answers"].pop(),
        lambda c: c["questions"][0].update(sources=[]),
        lambda c: c["axes"].append(c["axes"][0]),
        lambda c: c["method"]["bands"].pop(1),
        lambda c: c["method"]["levels"].pop(),
        lambda c: c.update(prepared_on="un jour"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(change: Callable[[Any], object]) -> None:
    content = copy.deepcopy(read("autodiagnostic.yaml"))
    Questionnaire.model_validate(content)
    change(content)
    with pytest.raises(ValidationError):
        Questionnaire.model_validate(content)
