from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.workspace.charter.conftest import Publish

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.charter import binding, signing
from egide.workspace.charter.home import dates, duties
from egide.workspace.charter.models import CharterVersion, Signature, SigningRule
from egide.workspace.charter.renewals import renewed
from egide.workspace.directory.directory import WorkspaceDirectory
from egide.workspace.keys import services as keys

Sign = Callable[..., Signature]
TODAY = date(2026, 9, 15)
ENTERS = date(2026, 11, 2)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Makes it this day."""
    real = timezone.localdate

    def on(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda value=None: real(value) if value else day)

    return on


@pytest.fixture
def two(
    publish: Publish, person: Callable[..., User], at: Callable[[date], None]
) -> tuple[CharterVersion, CharterVersion]:
    """A version long in force, which must be signed, and one that comes."""
    at(TODAY)
    first = publish(date_entree_vigueur="2026-01-05")
    second = publish(date_entree_vigueur=ENTERS.isoformat(), relecteurs="la gérante")
    person(email="julie@entreprise.example")
    User.objects.update(created_at="2026-01-01T00:00:00Z")
    SigningRule.objects.update_or_create(
        id=1, defaults={"required": True, "grace_days": 10, "since": date(2026, 1, 1)}
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE charter_charterversion SET at = '2026-01-02 09:00:00+00:00' WHERE number = 1")
        cursor.execute("UPDATE charter_charterversion SET at = '2026-09-01 09:00:00+00:00' WHERE number = 2")
    return first, second


@pytest.fixture
def julie(two: tuple[CharterVersion, CharterVersion]) -> User:
    return User.objects.get(email="julie@entreprise.example")


def signed(version: CharterVersion, sign: Sign, person: User) -> Signature:
    return sign(person, number=version.number, digest=version.digest)


def test_a_version_that_comes_leaves_the_one_in_force_binding(
    two: tuple[CharterVersion, CharterVersion], julie: User, sign: Sign, at: Callable[[date], None]
) -> None:
    first, second = two
    assert binding.asked() == [first, second]
    assert signing.to_sign(julie) == 2
    with pytest.raises(WorkspaceError, match="EG-6411"):
        signing.require(julie)
    signed(second, sign, julie)
    assert signing.stopped(julie), "the one that comes does not stand for the one in force"
    signed(first, sign, julie)
    signing.require(julie)
    at(ENTERS)
    assert binding.asked() == [second]
    signing.require(julie)
    with pytest.raises(WorkspaceError, match="EG-6412"):
        signed(first, sign, User.objects.get(role="pilot"))


def test_who_signed_the_one_in_force_has_the_days_of_grace_for_the_next(
    two: tuple[CharterVersion, CharterVersion], julie: User, sign: Sign, at: Callable[[date], None]
) -> None:
    signed(two[0], sign, julie)
    for day, stopped in ((TODAY, False), (ENTERS + timedelta(10), False), (ENTERS + timedelta(11), True)):
        at(day)
        assert signing.stopped(julie) is stopped, day


def test_a_new_version_gives_no_second_delay(
    two: tuple[CharterVersion, CharterVersion], julie: User, sign: Sign, at: Callable[[date], None]
) -> None:
    at(ENTERS)
    assert signing.stopped(julie), "she was stopped already, and still has signed nothing"
    signed(two[1], sign, julie)
    assert not signing.stopped(julie)


def test_a_version_replaced_before_it_entered_binds_nobody(
    two: tuple[CharterVersion, CharterVersion], publish: Publish
) -> None:
    third = publish(date_entree_vigueur="2026-10-01", relecteurs="Paul")
    assert binding.asked() == [two[0], third]
    assert binding.in_force(binding.versions(), date(2026, 12, 31)) == third


def test_the_gateway_refuses_from_the_first_of_their_days_and_forgets_it_with_the_day(
    two: tuple[CharterVersion, CharterVersion], julie: User, sign: Sign, at: Callable[[date], None]
) -> None:
    keys.create_key(julie.email)
    late = timezone.make_aware(datetime(2026, 1, 16)).timestamp()
    assert signing.refused_from() == {julie.public_id: late}
    signed(two[1], sign, julie)
    assert signing.refused_from() == {julie.public_id: late}
    directory = WorkspaceDirectory()
    directory.refresh()
    assert directory.snapshot().unsigned
    at(ENTERS)
    directory._look()
    assert not directory.snapshot().unsigned, "the next version is in force, and she signed it"


def test_the_page_shows_the_one_in_force_and_lets_sign_the_next(
    two: tuple[CharterVersion, CharterVersion], julie: User, browser: Callable[..., Client]
) -> None:
    client = Client()
    client.force_login(julie)
    page = unescape(client.get("/charte/").content.decode())
    assert "Version 1, " in page
    assert "entrera en vigueur le 02/11/2026 : vous pouvez déjà la lire et la signer" in page
    page = unescape(client.get("/charte/?version=2").content.decode())
    assert "reste en vigueur, et attend votre signature" in page
    assert f'value="{two[1].digest}"' in page
    assert "Version 1, " in unescape(client.get("/charte/?version=9").content.decode())
    given = {"version": "2", "digest": two[1].digest, "name": "Julie", "agreed": "on"}
    client.post("/charte/signer/", given)
    assert Signature.objects.get().version == two[1]
    pilot = browser(Role.PILOT)
    for address in ("signatures", "relances"):
        page = unescape(pilot.get(f"/charte/redaction/{address}/").content.decode())
        assert "Version 1, en vigueur" in page
        assert "Version 2, à venir" in page
    page = unescape(pilot.get("/charte/redaction/signatures/?version=2").content.decode())
    assert "pas signé la version 2, qui entrera en vigueur le 02/11/2026" in page


def test_both_are_on_the_first_pages(two: tuple[CharterVersion, CharterVersion], julie: User) -> None:
    told = list(duties(julie))
    assert [(one.done, one.due) for one in told] == [(False, date(2026, 1, 15)), (False, date(2026, 1, 15))]
    assert "version 2" in told[1].what
    assert next(iter(dates(TODAY))).day == ENTERS


def test_the_training_is_asked_again_when_the_next_one_enters_not_when_it_is_published(
    two: tuple[CharterVersion, CharterVersion], at: Callable[[date], None]
) -> None:
    def since() -> date:
        return timezone.localtime(renewed()["m8"]).date()

    assert since() == date(2026, 1, 5)
    at(ENTERS)
    assert since() == ENTERS, "thirty days are left from then, not from the day it was published"
    at(date(2026, 1, 4))
    assert renewed() == {}
