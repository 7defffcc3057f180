from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.workspace.charter.conftest import Publish

from egide.errors import WorkspaceError
from egide.pseudonymisation.keyring import Keyring
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.charter import signing
from egide.workspace.charter.models import CharterVersion, Signature
from egide.workspace.directory import build
from egide.workspace.keys import services as keys

Sign = Callable[..., Signature]


def _alter(table: str, column: str, value: str | bytes | int) -> None:
    """As somebody with access to the database alone would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608 - names of our own


def _proof() -> signing.Proof:
    return signing.proof(Signature.objects.select_related("version", "person").get())


def test_a_signature_is_bound_to_the_version_the_file_and_the_words(
    publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    version, julie = publish(), person()
    kept = sign(julie)
    assert (kept.version, kept.digest, kept.text_seal) == (version, version.digest, version.seal)
    assert kept.consent.startswith(
        "Je soussigné(e) Julie Martin reconnais avoir reçu, lu et compris la version 1"
    )
    assert (kept.address, kept.browser) == ("192.0.2.7", "Firefox")
    assert len(kept.code) == 40
    assert _proof() == signing.Proof(True)
    assert sign(julie, name="Autre").pk == kept.pk
    assert Signature.objects.get().name == "Julie Martin"


@pytest.mark.parametrize(
    ("column", "value"),
    [("text", "{}"), ("pdf", b"%PDF-autre"), ("digest", "0" * 64), ("seal", "0" * 64), ("number", 9)],
)
def test_an_altered_version_makes_verification_say_so(
    column: str, value: str | bytes | int, publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    publish()
    sign(person())
    _alter("charter_charterversion", column, value)
    assert not _proof().valid


def test_a_text_altered_with_its_seal_is_still_found(
    publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    version = publish()
    sign(person())
    version.text = version.text.replace("Mistral", "Ailleurs")
    _alter("charter_charterversion", "text", version.text)
    _alter("charter_charterversion", "seal", version.seal_of_text)
    assert CharterVersion.objects.get().intact, "by itself the version cannot tell"
    assert "modifié" in _proof().why
    _alter("charter_signature", "text_seal", version.seal_of_text)
    assert not _proof().valid, "the signature is sealed with a key that the database does not hold"


@pytest.mark.parametrize("column", ["name", "consent", "address", "browser", "digest", "code"])
def test_an_altered_signature_makes_verification_say_so(
    column: str, publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    publish()
    sign(person())
    _alter("charter_signature", column, "0")
    assert not _proof().valid


def test_a_signature_outlives_the_key_of_the_installation(
    publish: Publish, sign: Sign, person: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    old, new = b"a" * 32, b"b" * 32
    monkeypatch.setattr(wiring, "keyring", lambda: Keyring(old))
    sign(person())
    monkeypatch.setattr(wiring, "keyring", lambda: Keyring(new, previous=[old]))
    assert _proof().valid
    monkeypatch.setattr(wiring, "keyring", lambda: Keyring(new))
    assert not _proof().valid


def test_only_what_is_in_force_and_agreed_is_signed(
    publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    publish()
    julie = person()
    for given, code in (
        ({"number": 2}, "EG-6412"),
        ({"digest": "0" * 64}, "EG-6412"),
        ({"agreed": False}, "EG-6415"),
        ({"name": " \u202e "}, "EG-6415"),
    ):
        with pytest.raises(WorkspaceError, match=code):
            sign(julie, **given)
    _alter("charter_charterversion", "text", "{}")
    with pytest.raises(WorkspaceError, match="EG-6417"):
        sign(julie)
    assert not Signature.objects.exists()


def test_a_new_version_asks_for_a_new_signature(
    publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    julie, gone = person(), person(email="gone@entreprise.example", is_active=False)
    assert signing.to_sign(julie) == 0
    first = publish()
    assert signing.to_sign(julie) == 1
    sign(julie)
    assert signing.to_sign(julie) == 0
    assert julie not in signing.unsigned(first)
    second = publish(relecteurs="la gérante")
    assert signing.to_sign(julie) == 1
    assert julie in signing.unsigned(second)
    assert gone not in signing.unsigned(second)


def test_the_assistant_waits_for_a_signature_after_the_days_of_grace(
    publish: Publish, sign: Sign, person: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    julie, today = person(), timezone.localdate()
    publish(date_entree_vigueur=(today - timedelta(days=30)).isoformat())
    signing.require(julie)
    signing.set_rule(required=True, grace_days=3)
    due = today + timedelta(days=3)
    for now, stopped in ((due, False), (due + timedelta(days=1), True)):
        monkeypatch.setattr(timezone, "localdate", _at(now))
        assert signing.stopped(julie) is stopped
    with pytest.raises(WorkspaceError, match="EG-6411"):
        signing.require(julie)
    signing.set_rule(required=True, grace_days=9)
    assert not signing.stopped(julie), "the days count from the first time the rule was set"
    signing.set_rule(required=True, grace_days=3)
    sign(julie)
    signing.require(julie)


def test_the_gateway_is_told_who_must_sign_and_from_when(
    publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    julie = person(email="julie@entreprise.example")
    person(email="no.key@entreprise.example")
    keys.create_key(julie.email)
    keys.create_key(julie.email)
    publish(date_entree_vigueur="2099-12-31")
    assert signing.refused_from() == {}
    signing.set_rule(required=True, grace_days=0)
    asked = {julie.public_id: datetime(2099, 12, 31, 23, tzinfo=UTC).timestamp()}
    assert signing.refused_from() == asked, "midnight in Paris"
    assert build.snapshot().unsigned == asked
    before = build.version()
    sign(julie)
    assert build.version() > before
    assert build.snapshot().unsigned == {}


def test_nobody_waits_before_the_charter_is_in_force_or_just_after_they_came(
    publish: Publish, person: Callable[..., User]
) -> None:
    julie = person()
    version = publish(date_entree_vigueur="2099-01-01")
    signing.set_rule(required=True, grace_days=0)
    assert signing.due(julie, version) == date(2099, 1, 1)
    julie.created_at = timezone.now() + timedelta(days=50_000)
    assert signing.due(julie, version) == timezone.localdate(julie.created_at)


def test_a_person_who_is_erased_leaves_no_signature(
    publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    publish()
    julie = person()
    sign(julie)
    julie.delete()
    assert not Signature.objects.exists()


def _at(now: date) -> Callable[..., date]:
    real = timezone.localdate
    return lambda value=None: real(value) if value is not None else now
