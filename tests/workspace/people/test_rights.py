from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.people.rights import may_manage, roles_given_by


@pytest.mark.parametrize("other", list(Role))
def test_an_administrator_manages_everybody(other: Role, person: Callable[..., User]) -> None:
    assert may_manage(person(Role.ADMIN, "a@e.example"), person(other, "b@e.example"))


@pytest.mark.parametrize("other", list(Role))
def test_a_pilot_manages_collaborators_only(other: Role, person: Callable[..., User]) -> None:
    pilot = person(Role.PILOT, "a@e.example")
    assert may_manage(pilot, person(other, "b@e.example")) is (other is Role.COLLABORATOR)
    assert roles_given_by(pilot) == (Role.COLLABORATOR,)
