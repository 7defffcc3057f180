"""One-time links: a secret of 256 bits, kept only as a digest, that expires and works once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from egide.policy import Role
from egide.workspace.accounts.models import OneTimeLink, User

LIFETIME = timedelta(days=3)


def issue(user: User | None, lifetime: timedelta = LIFETIME) -> str:
    """A new secret for this person (None: the first administrator). Earlier unused links stop working."""
    OneTimeLink.objects.filter(user=user, used_at=None).delete()
    secret = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(user=user, digest=_digest(secret), expires_at=timezone.now() + lifetime)
    return secret


def issue_all(users: Collection[User], lifetime: timedelta = LIFETIME) -> dict[int, str]:
    """A new secret for each of these people, by their key, in as many queries for all as for one."""
    OneTimeLink.objects.filter(user__in=users, used_at=None).delete()
    made = {user.pk: secrets.token_urlsafe(32) for user in users}
    until = timezone.now() + lifetime
    OneTimeLink.objects.bulk_create(
        OneTimeLink(user_id=pk, digest=_digest(secret), expires_at=until) for pk, secret in made.items()
    )
    return made


def find(secret: str) -> OneTimeLink | None:
    """The usable link with this secret, if there is one."""
    return _usable().filter(digest=_digest(secret)).select_related("user").first()


def consume(link: OneTimeLink) -> bool:
    """Use the link up. Of two simultaneous calls, one gets True."""
    if not _usable().filter(pk=link.pk).exists():
        return False
    # No join here: PostgreSQL asks a waiting UPDATE's own columns again, but not what a join said before.
    return bool(OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()))


def awaits_first() -> bool:
    """Whether there is no administrator yet (people of the example, or added by a command, do not count)."""
    return not User.objects.filter(role=Role.ADMIN, is_active=True).exists()


def _usable() -> QuerySet[OneTimeLink]:
    """Links not used, not expired, of an active person, or of nobody while there is no administrator."""
    someone = Q(user__is_active=True)
    if awaits_first():
        someone |= Q(user=None)
    return OneTimeLink.objects.filter(someone, used_at=None, expires_at__gt=timezone.now())


def _digest(secret: str) -> str:
    # The secret is random and long: a plain hash cannot be searched.
    return hashlib.sha256(secret.encode()).hexdigest()
