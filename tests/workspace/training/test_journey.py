from __future__ import annotations

from collections.abc import Callable

from egide.workspace.accounts.models import User
from egide.workspace.training.journey import STEPS
from egide.workspace.training.models import Attempt


def test_a_first_certificate_starts_the_training_and_people_count_once(
    person: Callable[..., User], take: Callable[..., Attempt]
) -> None:
    (step,) = STEPS
    zoe = person(name="Zoé")
    take(zoe, "m1", missing=5)
    assert not step.state().done
    take(zoe, "m1")
    take(zoe, "m2")
    assert step.state().done
    assert step.state().said.endswith(": 1.")
