from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from egide.detection.view import fold
from egide.errors import WorkspaceError
from egide.policy import Policy
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.policies import services, versions
from egide.workspace.policies.models import Exemption, Term


def _rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
        return repr(cursor.fetchall())


def test_the_prudent_policy_is_in_force_until_a_version_is_published(db: None) -> None:
    assert services.policy() == Policy.default()
    strict = Policy.load("strict").document
    versions.publish(strict, None, "Essai", over=0)
    assert services.policy().document == strict


def test_an_exemption_keeps_only_a_digest(person: Callable[..., User]) -> None:
    services.allow("  Standard Téléphonique ", person())
    assert "tandard" not in _rows("policies_exemption")
    assert services.exemptions() == {wiring.keyring().value_digest(fold("Standard Téléphonique"))}
    services.allow("STANDARD TELEPHONIQUE", None)
    assert Exemption.objects.count() == 1
    assert services.forbid("standard téléphonique")
    assert not services.forbid("standard téléphonique")


def test_a_term_is_encrypted_and_read_back(person: Callable[..., User]) -> None:
    services.hide("Projet Chanterelle", person())
    services.hide("projet chanterelle", None)
    assert "hanterelle" not in _rows("policies_term")
    assert [term.text for term in services.terms()] == ["Projet Chanterelle"]


def test_the_last_word_counts_between_hiding_and_allowing(db: None) -> None:
    services.hide("Chanterelle", None)
    services.allow("Chanterelle", None)
    assert not Term.objects.exists()
    services.hide("Chanterelle", None)
    assert not Exemption.objects.exists()


@pytest.mark.parametrize("value", ["", " ", "a", "x" * 201])
def test_a_value_too_short_or_long_is_refused(value: str, db: None) -> None:
    for act in (services.allow, services.hide):
        with pytest.raises(WorkspaceError, match="EG-6014"):
            act(value, None)
