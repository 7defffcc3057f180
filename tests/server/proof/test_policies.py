from __future__ import annotations

import pytest

from egide.detection import LABELS, Finding
from egide.policy import Action, Person, Provider, Trust, Usage
from egide.server.proof.policies import Mode, policy


@pytest.mark.parametrize(("mode", "expected"), [("mask_all", Action.MASK), ("off", Action.ALLOW)])
@pytest.mark.parametrize("label", LABELS)
def test_every_kind_of_value_is_treated_alike(mode: Mode, expected: Action, label: str) -> None:
    provider = Provider("p", "P", "openai", "http://127.0.0.1", Trust.PUBLIC)
    finding = Finding(0, 1, label, 1.0, "x", "")
    assert policy(mode).decide([finding], Usage("u", "U"), provider, Person("p")).action is expected
