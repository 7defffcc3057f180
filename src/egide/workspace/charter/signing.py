"""Signatures of the charter in force: made, checked, asked for; and who may use the Assistant without one."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.charter.models import CharterVersion, Signature, SigningRule
from egide.workspace.charter.printed import filled
from egide.workspace.charter.words import cleaned, shown

_PURPOSE: Final = "charter signatures"
_KEPT: Final = ("code", "name", "consent", "digest", "text_seal", "at", "address", "browser", "seal")


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a signature still proves what it did, and if not why."""

    valid: bool
    why: str = ""


def latest() -> CharterVersion | None:
    """The charter in force; its text and its file are only read when asked for."""
    return CharterVersion.objects.defer("text", "pdf").first()


def find(number: int) -> CharterVersion:
    """The version with this number. Raises WorkspaceError EG-6418."""
    version = CharterVersion.objects.filter(number=number).first()
    if version is None:
        raise WorkspaceError("EG-6418", number=number)
    return version


def signature_of(person: User, version: CharterVersion) -> Signature | None:
    """That of this person on this version."""
    return Signature.objects.filter(person=person, version=version).first()


def to_sign(person: User) -> int:
    """1 while this person has not signed the charter in force, for the menu."""
    newest = CharterVersion.objects.values_list("pk", flat=True).first()
    return int(newest is not None and not person.charter_signatures.filter(version=newest).exists())


@transaction.atomic
def sign(
    person: User, *, number: int, digest: str, name: str, agreed: bool, address: str, browser: str
) -> Signature:
    """This person signs the version ``number``, whose file has this ``digest``: what they read.

    Signing again gives the same signature. Raises WorkspaceError EG-6412 when another version or file is
    in force, EG-6415 without a name or the agreement, EG-6417 when the version was altered.
    """
    version = CharterVersion.objects.first()
    if version is None or (version.number, version.digest) != (number, digest):
        raise WorkspaceError("EG-6412")
    if not version.intact:
        raise WorkspaceError("EG-6417", number=number)
    name = cleaned(name)[:120]
    if not agreed or not name:
        raise WorkspaceError("EG-6415")
    now = timezone.now()
    consent = filled(
        version.content["consent"],
        {"nom_collaborateur": name, "date_signature": shown(timezone.localdate(now))},
    )
    made = Signature(
        version=version,
        person=person,
        name=name,
        consent=consent,
        digest=version.digest,
        text_seal=version.seal,
        at=now,
        address=address[:45],
        browser=cleaned(browser)[:300],
    )
    made.seal = _seals(made)[0]
    kept, _ = Signature.objects.get_or_create(
        person=person, version=version, defaults={name: getattr(made, name) for name in _KEPT}
    )
    return kept


def proof(signature: Signature) -> Proof:
    """Check a signature against what is kept today."""
    version = signature.version
    if not any(hmac.compare_digest(seal, signature.seal) for seal in _seals(signature)):
        return Proof(False, "L'enregistrement de cette signature a été modifié après coup.")
    if not version.intact or (version.digest, version.seal) != (signature.digest, signature.text_seal):
        return Proof(False, "Le texte ou le fichier de cette version a été modifié après la signature.")
    return Proof(True)


def _seals(signature: Signature) -> list[str]:
    """The keyed seal of all that is signed, by the present key and by those that were replaced."""
    said = json.dumps(
        [
            signature.code,
            signature.version.number,
            signature.person.public_id,
            signature.name,
            signature.consent,
            signature.digest,
            signature.text_seal,
            signature.at.timestamp(),
            signature.address,
            signature.browser,
        ]
    ).encode()
    keyring = wiring.keyring()
    keys = (one.derive(_PURPOSE) for one in (keyring, *keyring.previous))
    return [hmac.new(key, said, hashlib.sha256).hexdigest() for key in keys]


def unsigned(version: CharterVersion) -> QuerySet[User]:
    """Active people who have not signed this version."""
    signed = Signature.objects.filter(person=OuterRef("pk"), version=version)
    return User.objects.filter(~Exists(signed), is_active=True)


def rule() -> SigningRule:
    """The rule; a signature is not asked for at first. Not saved."""
    return SigningRule.objects.filter(id=1).first() or SigningRule()


def set_rule(*, required: bool, grace_days: int) -> None:
    """Ask for a signature before using the Assistant, or no longer. Days count from when this was set."""
    before = rule()
    since = before.since if before.required else timezone.localdate()
    SigningRule.objects.update_or_create(
        id=1, defaults={"required": required, "grace_days": grace_days, "since": since}
    )


def due(person: User, version: CharterVersion, asked: SigningRule) -> date:
    """The last day on which this person may use the Assistant without having signed."""
    begins = (
        timezone.localdate(version.at),
        version.enters_on,
        asked.since,
        timezone.localdate(person.created_at),
    )
    return max(begins) + timedelta(days=asked.grace_days)


def refused_from() -> dict[str, float]:
    """For the gateway: who has a key and must sign first, by public id, from which POSIX time on."""
    asked, version = rule(), latest()
    if version is None or not asked.required:
        return {}
    owners = unsigned(version).filter(keys__isnull=False, keys__revoked_at=None).distinct()
    return {one.public_id: _after(due(one, version, asked)) for one in owners}


def _after(day: date) -> float:
    """The instant at which this day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)).timestamp()


def stopped(person: User) -> bool:
    """Whether this person may not use the Assistant before they sign."""
    asked = rule()
    if not asked.required or not to_sign(person):
        return False
    version = latest()
    return version is not None and timezone.localdate() > due(person, version, asked)


def require(person: User) -> None:
    """Raise WorkspaceError EG-6411 when this person must sign first."""
    if stopped(person):
        raise WorkspaceError("EG-6411")
