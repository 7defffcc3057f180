"""What is left of a person who was erased: every text of every table is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts import services as accounts
from egide.workspace.accounts.models import User
from egide.workspace.assistant.models import Conversation
from egide.workspace.feedback.models import Kind
from egide.workspace.feedback.services import propose
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.keys import services as keys
from egide.workspace.limits.models import Counter, Limit
from egide.workspace.people.erasing import erase
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage

EMAIL, NAME = "zoe.quatrevents@entreprise.example", "Zoé Quatrevents"


def _lived(zoe: User, pilot: User) -> None:
    """All that a person may leave behind."""
    Client().force_login(zoe)
    accounts.new_link(zoe)
    keys.create_key(zoe.email)
    Conversation.objects.create(
        owner=zoe,
        sealed_title=b"t",
        sealed_choices=b"c",
        created_at=timezone.now(),
        updated_at=timezone.now(),
    )
    propose(Kind.HIDE, "basalte bleu", zoe)
    kept = usages.declare({"name": "Devis"}, zoe)
    usages.validate(kept.pk, pilot, date(2100, 1, 1), read=usages.last_change(kept))
    usages.declare({"name": "Brouillon"}, zoe)
    Limit.objects.create(subject="person", who=zoe.public_id, measure="requests", period="day", most=3)
    Counter.objects.create(
        subject="person", who=zoe.public_id, measure="requests", period="day", window="w", value=1,
        until=1, changed=1,
    )  # fmt: skip
    JournalRecord.objects.create(
        writer="w", sequence=1, previous="", hash="", kind="opened", exchange="e", at="",
        details=f'{{"person":"{zoe.public_id}"}}', moment=timezone.now() - timedelta(days=1),
        person=zoe.public_id, usage="devis",
    )  # fmt: skip


def _holding(value: str) -> set[str]:
    """The tables where some text holds this."""
    found = set()
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            if any(value.casefold() in str(cell).casefold() for cell in row):
                found.add(model._meta.label)
    return found


def test_only_the_opaque_id_is_left_and_only_in_the_journal(person: Callable[..., User]) -> None:
    zoe = person(email=EMAIL, name=NAME)
    _lived(zoe, person(Role.PILOT))
    public_id, pk = zoe.public_id, str(zoe.pk)
    assert "accounts.User" in _holding(EMAIL)
    assert _holding(public_id) > {"limits.Limit", "limits.Counter", "journalling.JournalRecord"}
    accounts.set_active(zoe, False)
    erase(zoe)
    assert _holding(EMAIL) == _holding("Quatrevents") == set()
    assert _holding(public_id) == {"journalling.JournalRecord"}
    assert [one.slug for one in Usage.objects.exclude(slug=usages.DEFAULT)] == ["devis"]
    assert not Conversation.objects.exists()
    assert pk not in {session.get_decoded().get("_auth_user_id") for session in Session.objects.all()}


def test_who_still_has_an_access_is_not_erased(person: Callable[..., User]) -> None:
    zoe = person(email=EMAIL)
    with pytest.raises(WorkspaceError, match="EG-6536"):
        erase(zoe)
    assert User.objects.filter(pk=zoe.pk).exists()


def test_a_pilot_erases_collaborators_only(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    zoe, chief = person(email=EMAIL, name=NAME), person(Role.ADMIN)
    for user in (zoe, chief):
        user.is_active = False
        user.save()
    pilot, url = browser(Role.PILOT), f"/personnes/{zoe.public_id}/effacer/"
    assert browser(Role.COLLABORATOR).post(url).status_code == 403
    assert pilot.post(f"/personnes/{chief.public_id}/effacer/").status_code == 403
    assert "ce qui reste" in pilot.get(url).content.decode().lower()
    assert User.objects.filter(pk=zoe.pk).exists()
    assert "est effacé" in pilot.post(url, follow=True).content.decode()
    assert set(User.objects.values_list("role", flat=True)) == {"admin", "pilot", "collaborator"}
    assert not User.objects.filter(pk=zoe.pk).exists()
