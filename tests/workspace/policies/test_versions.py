from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from egide.errors import WorkspaceError
from egide.journal.details import is_identifier
from egide.policy import Action, Policy, Role, Trust
from egide.policy.editing import Target, with_line, with_professions
from egide.workspace.accounts.models import User
from egide.workspace.policies import services, versions
from egide.workspace.policies.models import PolicyVersion

PRUDENT = Policy.default().document
LAWYER = with_professions(PRUDENT, ["avocat"])
LEAKING = with_line(PRUDENT, Target("class", "credential"), dict.fromkeys(Trust, Action.ALLOW))


def test_a_version_keeps_who_when_and_why(person: Callable[..., User]) -> None:
    anne = person(Role.PILOT)
    made = versions.publish(LAWYER, anne, "  Cabinet d'avocats  ", over=0)
    assert (made.number, made.reason, made.by, made.by_public_id) == (
        1,
        "Cabinet d'avocats",
        anne,
        anne.public_id,
    )
    anne.delete()
    kept = versions.find(1)
    assert (kept.by, kept.by_public_id) == (None, made.by_public_id)
    assert versions.in_force().document == LAWYER


def test_the_policys_version_names_the_published_version_exactly(db: None) -> None:
    for over, document in enumerate((LAWYER, PRUDENT, LAWYER)):
        versions.publish(document, None, "Essai", over=over)
    names = [versions.policy_of(versions.find(number)).version for number in (1, 2, 3)]
    assert len(set(names)) == 3
    assert [name.rpartition("-")[2] for name in names] == ["v1", "v2", "v3"]
    assert names[0].rpartition("-")[0] == names[2].rpartition("-")[0] == Policy.of(LAWYER).version
    assert all(map(is_identifier, names))


def test_a_published_version_never_changes(db: None) -> None:
    made = versions.publish(LAWYER, None, "Essai", over=0)
    made.reason = "Autre"
    for alter in (
        made.save,
        made.delete,
        lambda: PolicyVersion.objects.update(reason="Autre"),
        lambda: PolicyVersion.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            alter()
    assert versions.find(1).reason == "Essai"


def test_a_version_altered_in_the_database_is_refused_and_nothing_takes_its_place(db: None) -> None:
    versions.publish(LAWYER, None, "Essai", over=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policyversion SET text = %s", [Policy.load("open").to_yaml()])
    for ask in (versions.in_force, services.policy):
        with pytest.raises(WorkspaceError, match="EG-6134"):
            ask()
    assert versions.readable(versions.find(1)) is None


@pytest.mark.parametrize("reason", ["", "    ", "oui", "x" * 501])
def test_a_reason_is_required(reason: str, db: None) -> None:
    with pytest.raises(WorkspaceError, match="EG-6132"):
        versions.publish(LAWYER, None, reason, over=0)
    assert versions.latest() is None


@pytest.mark.parametrize("openness", ["", "  ", "oui"])
def test_a_dangerous_loosening_is_confirmed_with_a_reason(openness: str, db: None) -> None:
    with pytest.raises(WorkspaceError, match="EG-6133"):
        versions.publish(LEAKING, None, "Essai", over=0, openness=openness)
    assert versions.in_force() == Policy.default()
    made = versions.publish(LEAKING, None, "Essai", over=0, openness="Machine d'essai isolée")
    assert made.openness == "Machine d'essai isolée"
    versions.publish(PRUDENT, None, "Retour", over=1)


def test_what_changed_meanwhile_is_not_published_over(db: None) -> None:
    versions.publish(LAWYER, None, "Essai", over=0)
    for over in (0, 2, -1):
        with pytest.raises(WorkspaceError, match="EG-6131"):
            versions.publish(PRUDENT, None, "Essai", over=over)


def test_a_version_that_changes_nothing_is_refused(db: None) -> None:
    versions.publish(LAWYER, None, "Essai", over=0)
    with pytest.raises(WorkspaceError, match="EG-6136"):
        versions.publish(LAWYER, None, "Essai", over=1)


def test_a_version_that_does_not_exist_says_so(db: None) -> None:
    with pytest.raises(WorkspaceError, match="EG-6135"):
        versions.find(7)
