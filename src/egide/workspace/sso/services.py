"""Reads and changes the settings. The client secret is sealed here and opened here, nowhere else."""

from __future__ import annotations

import hashlib

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.sso import metadata
from egide.workspace.sso.models import SingleSignOn


def setting() -> SingleSignOn:
    """The settings, of one query; closed and empty when nobody wrote any."""
    return SingleSignOn.objects.filter(pk=1).first() or SingleSignOn()


def in_force() -> SingleSignOn | None:
    """They, when sign-in with the provider is open."""
    return SingleSignOn.objects.filter(pk=1, is_on=True).first()


def of(request: HttpRequest | None) -> SingleSignOn:
    """Those that this exchange began under, else those in force. Raises WorkspaceError EG-6589."""
    kept: SingleSignOn | None = getattr(request, "sign_on", None)
    return kept or required()


def passwords_closed() -> bool:
    """Whether a password lets in administrators only."""
    return SingleSignOn.objects.filter(pk=1, is_on=True, passwords_closed=True).exists()


def required() -> SingleSignOn:
    """The settings in force. Raises WorkspaceError EG-6589 when sign-in with the provider is closed."""
    found = in_force()
    if found is None:
        raise WorkspaceError("EG-6589", reason=gettext("elle n'est pas ouverte dans cette entreprise"))
    return found


def source_of(one: SingleSignOn) -> str:
    """What joined accounts are kept under: it changes with the issuer, so that no subject is mistaken."""
    return f"oidc-{hashlib.sha256(one.issuer.encode()).hexdigest()[:40]}"


def set_secret(one: SingleSignOn, secret: str) -> None:
    """Seal the client secret, without saving it. An empty text: none."""
    one.sealed_secret = (
        wiring.keyring().seal(secret.strip().encode(), _context(one)) if secret.strip() else b""
    )


def secret_of(one: SingleSignOn) -> str:
    """It in clear, for the provider's token address only."""
    return (
        wiring.keyring().open(bytes(one.sealed_secret), _context(one)).decode() if one.sealed_secret else ""
    )


def save(one: SingleSignOn, by: User | None) -> None:
    """Check what is opened, then keep the settings. Raises WorkspaceError EG-6581, EG-6589."""
    if one.passwords_closed and not one.is_on:
        raise WorkspaceError("EG-6589", reason=gettext("ouvrez d'abord la connexion d'entreprise elle-même"))
    if one.is_on:
        _must_be_complete(one)
        found = metadata.read(one)
        metadata.read_keys(one, found)
    if one.passwords_closed:
        _must_leave_a_way_in(one)
    with transaction.atomic():
        before = SingleSignOn.objects.select_for_update().filter(pk=1).first()
        one.version = (before.version if before else 0) + 1
        one.by, one.changed_at = by, timezone.now()
        one.save()
    metadata.forget()


def close() -> None:
    """Close sign-in with the provider, and with that open passwords again: always possible."""
    _change(is_on=False, passwords_closed=False)


def open_passwords() -> None:
    """Let passwords in again, for everybody: always possible."""
    _change(passwords_closed=False)


def unlink(person: User) -> int:
    """Forget which account of the provider is theirs: the next sign-in joins by the address again."""
    gone: int = SocialAccount.objects.filter(user=person).delete()[0]
    return gone


def joined(one: SingleSignOn) -> int:
    """How many people came in through this provider."""
    came: int = SocialAccount.objects.filter(provider=source_of(one), user__is_active=True).count()
    return came


def _change(**told: bool) -> None:
    with transaction.atomic():
        one = SingleSignOn.objects.select_for_update().filter(pk=1).first()
        if one is None:
            return
        for name, value in told.items():
            setattr(one, name, value)
        one.version, one.by, one.changed_at = one.version + 1, None, timezone.now()
        one.save()


def _must_be_complete(one: SingleSignOn) -> None:
    missing = [
        name
        for name, there in (
            (gettext("l'adresse de l'émetteur"), one.issuer),
            (gettext("l'identifiant du client"), one.client_id),
            (gettext("le secret du client"), one.sealed_secret),
            (gettext("un domaine de courriel"), one.domains),
        )
        if not there
    ]
    if missing:
        raise WorkspaceError("EG-6589", reason=_listed(missing))


def _listed(missing: list[str]) -> str:
    told = missing[0]
    for one in missing[1:]:
        told = gettext("%(some)s et %(more)s") % {"some": told, "more": one}
    return gettext("il manque %(what)s") % {"what": told}


def _must_leave_a_way_in(one: SingleSignOn) -> None:
    admins = User.objects.filter(role=Role.ADMIN, is_active=True)
    if not any(admin.has_usable_password() for admin in admins):
        raise WorkspaceError(
            "EG-6589",
            reason=gettext(
                "aucun administrateur n'a de mot de passe, et ce serait la seule entrée en cas de panne"
            ),
        )
    if not joined(one):
        raise WorkspaceError(
            "EG-6589",
            reason=gettext(
                "personne n'est encore entré par ce service : entrez-y d'abord une fois vous-même"
            ),
        )


def _context(one: SingleSignOn) -> str:
    # Bound to where it goes: with write access to the database only, nobody has it sent elsewhere.
    way = f"{one.issuer}\n{one.client_id}\n{one.authority}".encode()
    return f"sso/secret/{hashlib.sha256(way).hexdigest()}"
