"""Makes and revokes access keys."""

from __future__ import annotations

import secrets

from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts import services as accounts
from egide.workspace.keys.models import AccessKey
from egide.workspace.usages import services as usages

PREFIX = "egd_"


def create_key(email: str, usage: str | None = None, name: str = "") -> str:
    """A new key for this person, in clear: it will never be seen again.

    Raises WorkspaceError EG-6001 (nobody), EG-6011 (deactivated) or EG-6003 (usage).
    """
    person = accounts.find(email)
    if not person.is_active:
        raise WorkspaceError("EG-6011")
    declared = usages.find(usage) if usage else usages.default()
    key = PREFIX + secrets.token_urlsafe(32)
    digest = wiring.keyring().key_digest(key)
    AccessKey.objects.create(
        person=person, usage=declared, name=name.strip(), digest=digest, beginning=key[:8]
    )
    return key


def revoke(key: AccessKey) -> None:
    """Stop a key for ever."""
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save()
