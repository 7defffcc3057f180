"""Which person of Égide an identity is: found by issuer and subject, joined once by a verified address.

Once joined, an account of the provider is one person's: a new holder of the same address is refused until an
administrator says so.
"""

from __future__ import annotations

import logging
from typing import Final

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts import services as accounts
from egide.workspace.accounts.models import User
from egide.workspace.sso.identity import Identity
from egide.workspace.sso.models import SingleSignOn
from egide.workspace.sso.services import source_of

logger = logging.getLogger(__name__)
_RANK: Final = (Role.COLLABORATOR, Role.PILOT, Role.ADMIN)


def settle(setting: SingleSignOn, identity: Identity) -> User:
    """The person, joined and with the role that their groups give.

    Raises WorkspaceError EG-6583 (unknown), EG-6584 (access closed), EG-6585 (address not verified), EG-6586
    (other domain), EG-6587 (address joined to another account).
    """
    source = source_of(setting)
    known = SocialAccount.objects.filter(provider=source, uid=identity.subject).select_related("user").first()
    user: User = known.user if known else _join(setting, source, identity)
    if not user.is_active:
        raise WorkspaceError("EG-6584")
    if user.email.rpartition("@")[2].lower() not in setting.domains:
        raise WorkspaceError("EG-6586")
    _give_role(setting, user, identity)
    return user


def _join(setting: SingleSignOn, source: str, identity: Identity) -> User:
    if not identity.email:
        raise WorkspaceError("EG-6585")
    if identity.domain not in setting.domains:
        raise WorkspaceError("EG-6586")
    try:
        with transaction.atomic():
            user = User.objects.select_for_update().filter(email=identity.email).first()
            if user is None:
                if not setting.creates_people:
                    raise WorkspaceError("EG-6583")
                user = User.objects.create_user(identity.email, Role.COLLABORATOR, name=identity.name)
            if not user.is_active:
                raise WorkspaceError("EG-6584")
            joined, _ = SocialAccount.objects.get_or_create(
                provider=source, user=user, defaults={"uid": identity.subject}
            )
            if joined.uid != identity.subject:
                raise WorkspaceError("EG-6587")
    except IntegrityError:
        # Twice at the same moment: the first one joined them, or took the address.
        known = SocialAccount.objects.filter(provider=source, uid=identity.subject).select_related("user")
        if (first := known.first()) is None:
            raise WorkspaceError("EG-6587") from None
        user = first.user
    return user


def _give_role(setting: SingleSignOn, user: User, identity: Identity) -> None:
    """The highest role of their groups. A role that no group gives stays in the hands of Égide's people."""
    if not setting.roles:
        return
    if identity.groups is None:
        logger.info("sign-in left the role of person %s: the provider kept back their groups", user.public_id)
        return
    given = {Role(role) for group, role in setting.roles.items() if group in identity.groups}
    kept = Role.COLLABORATOR if user.role in setting.roles.values() else Role(user.role)
    role = max(given | {kept}, key=_RANK.index)
    if role == user.role:
        return
    try:
        accounts.set_role(user, role)
    except WorkspaceError:
        return  # the last administrator stays one
    logger.info("sign-in gave the role %s to person %s, by their groups", role.value, user.public_id)
