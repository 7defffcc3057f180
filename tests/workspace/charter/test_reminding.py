from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.workspace.charter.conftest import Publish

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.charter import reminding
from egide.workspace.charter.models import CharterVersion, Reminder, Signature

FRIDAY = date(2026, 5, 22)  # five working days after the 13th, Ascension and a weekend between
ASKED = datetime(2026, 5, 13, 9, tzinfo=UTC)


@pytest.fixture
def version(publish: Publish, person: Callable[..., User]) -> CharterVersion:
    """Published on the eve of Ascension, to be signed by Julie alone."""
    made = publish()
    person(email="julie@entreprise.example", name="Julie")
    User.objects.filter(role="pilot").update(is_active=False)
    User.objects.update(created_at=ASKED)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE charter_charterversion SET at = %s", ["2026-05-13 09:00:00+00:00"])
    return CharterVersion.objects.get(pk=made.pk)


def test_reminders_fall_on_working_days_and_come_back(version: CharterVersion) -> None:
    ((julie, on),) = reminding.waiting(version)
    assert on == date(2026, 5, 21)
    assert reminding.to_remind(version, date(2026, 5, 20)) == []
    assert reminding.to_remind(version, FRIDAY) == [julie]
    assert reminding.to_remind(version, date(2026, 5, 23)) == [], "a Saturday"
    assert reminding.to_remind(version, date(2026, 5, 25)) == [], "Whit Monday"
    assert reminding.note(version, FRIDAY, [julie.public_id, "autre"]) == 1
    assert reminding.note(version, FRIDAY, [julie.public_id]) == 0, "once a day is enough"
    assert reminding.waiting(version)[0][1] == date(2026, 6, 1)


def test_who_signed_is_not_reminded(version: CharterVersion, sign: Callable[..., Signature]) -> None:
    sign(User.objects.get(name="Julie"))
    assert reminding.waiting(version) == []


def test_the_page_lists_them_and_notes_it(
    version: CharterVersion, browser: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None: real(value) if value else FRIDAY)
    User.objects.filter(role="pilot").update(is_active=True)
    pilot, julie = browser(Role.PILOT), User.objects.get(name="Julie")
    assert "julie@entreprise.example" in pilot.get("/charte/redaction/relances/").content.decode()
    assert browser(Role.COLLABORATOR).post("/charte/redaction/relances/noter/").status_code == 403
    pilot.post("/charte/redaction/relances/noter/", {"person": [julie.public_id]})
    assert Reminder.objects.get().person == julie
    shown = pilot.get("/charte/redaction/relances/").content.decode()
    assert "julie@entreprise.example" not in shown
    assert "le 01/06/2026" in shown
