"""Signatures of the charter: made, checked, asked for; and who may use the Assistant without one."""

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
from django.utils.translation import gettext

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.charter import binding
from egide.workspace.charter.binding import Deadlines, rule
from egide.workspace.charter.models import AddressSource, CharterVersion, Signature, SigningRule
from egide.workspace.charter.printed import filled
from egide.workspace.charter.words import cleaned, shown

_PURPOSE: Final = "charter signatures"
_KEPT: Final = (
    "code",
    "name",
    "consent",
    "digest",
    "text_seal",
    "at",
    "address",
    "source",
    "browser",
    "seal",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a signature still proves what it did, and if not why."""

    valid: bool
    why: str = ""


def newest() -> CharterVersion | None:
    """The one that was published last, without its text and file; it may not have entered into force yet."""
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


def unsigned_by(person: User) -> list[CharterVersion]:
    """Of the versions that people are asked to sign, those that this person has not."""
    asked = binding.asked()
    signed = set(person.charter_signatures.values_list("version", flat=True)) if asked else set()
    return [one for one in asked if one.pk not in signed]


def to_sign(person: User) -> int:
    """How many versions wait for this person's signature, for the menu."""
    return len(unsigned_by(person))


@transaction.atomic
def sign(
    person: User,
    *,
    number: int,
    digest: str,
    name: str,
    agreed: bool,
    address: str,
    browser: str,
    source: AddressSource = AddressSource.SOCKET,
) -> Signature:
    """This person signs the version ``number``, whose file has this ``digest``: what they read.

    Signing again gives the same signature. Raises WorkspaceError EG-6412 when this version is neither in
    force nor the one that comes, or has another file, EG-6415 without a name or the agreement, EG-6417 when
    the version was altered.
    """
    version = next((one for one in binding.asked() if (one.number, one.digest) == (number, digest)), None)
    if version is None:
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
        source=source,
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
        return Proof(False, gettext("L'enregistrement de cette signature a été modifié après coup."))
    if not version.intact or (version.digest, version.seal) != (signature.digest, signature.text_seal):
        return Proof(
            False, gettext("Le texte ou le fichier de cette version a été modifié après la signature.")
        )
    return Proof(True)


def _seals(signature: Signature) -> list[str]:
    """The keyed seal of all that is signed, by the present key and by those that were replaced."""
    # What was signed before the source was kept has none, and its seal neither.
    source = [signature.source] if signature.source else []
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
            *source,
        ]
    ).encode()
    keyring = wiring.keyring()
    keys = (one.derive(_PURPOSE) for one in (keyring, *keyring.previous))
    return [hmac.new(key, said, hashlib.sha256).hexdigest() for key in keys]


def unsigned(version: CharterVersion) -> QuerySet[User]:
    """Active people who have not signed this version."""
    signed = Signature.objects.filter(person=OuterRef("pk"), version=version)
    return User.objects.filter(~Exists(signed), is_active=True)


def set_rule(*, required: bool, grace_days: int) -> None:
    """Ask for a signature before using the Assistant, or no longer. Days count from when this was set."""
    before = rule()
    since = before.since if before.required else timezone.localdate()
    SigningRule.objects.update_or_create(
        id=1, defaults={"required": required, "grace_days": grace_days, "since": since}
    )


def due(person: User, version: CharterVersion) -> date:
    """The last day on which this person may use the Assistant without having signed this version."""
    numbers = person.charter_signatures.order_by("-version__number").values_list("version__number", flat=True)
    return Deadlines.now().of(person, version, numbers.first())


def refused_from() -> dict[str, float]:
    """For the gateway: who has a key and must sign first, by public id, from which POSIX time on.

    True until the day is over, when another version may enter into force.
    """
    deadlines, found = Deadlines.now(), dict[str, float]()
    if not deadlines.rule.required:
        return found
    for version in binding.asked():
        waiting = unsigned(version).filter(keys__isnull=False, keys__revoked_at=None).distinct()
        for one in binding.with_last_signed(waiting):
            moment = _after(deadlines.of(one, version, one.last_signed))  # type: ignore[attr-defined]
            found[one.public_id] = min(moment, found.get(one.public_id, moment))
    return found


def _after(day: date) -> float:
    """The instant at which this day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)).timestamp()


def stopped(person: User, version: CharterVersion | None = None) -> bool:
    """Whether this person may not use the Assistant before they sign: this version, or any that is asked."""
    if not rule().required:
        return False
    today, waiting = timezone.localdate(), unsigned_by(person) if version is None else [version]
    return any(today > due(person, one) for one in waiting)


def require(person: User) -> None:
    """Raise WorkspaceError EG-6411 when this person must sign first."""
    if stopped(person):
        raise WorkspaceError("EG-6411")
