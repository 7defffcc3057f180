"""The versions of the policy: which one is in force, the earlier ones, a new one.

A version is a whole file. It is read as it was published: a later Égide with other profiles or professions
changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from egide.errors import EgideError, PolicyError, WorkspaceError
from egide.policy import Policy
from egide.policy.comparing import Comparison, compare
from egide.policy.document import PolicyDocument
from egide.workspace.accounts.models import User
from egide.workspace.policies.models import PolicyVersion
from egide.workspace.usages.models import Usage

SHORTEST, LONGEST = 5, 500


def in_force() -> Policy:
    """The policy in force: the prudent one until a version is published.

    A version that cannot be read, or that was altered by hand, raises EgideError: no other policy ever
    takes its place.
    """
    newest = PolicyVersion.objects.first()
    return Policy.default() if newest is None else policy_of(newest)


def latest() -> PolicyVersion | None:
    """The version in force; None until one is published."""
    return PolicyVersion.objects.select_related("by").first()


def find(number: int) -> PolicyVersion:
    """The version with this number. Raises WorkspaceError EG-6135."""
    found = PolicyVersion.objects.select_related("by").filter(number=number).first()
    if found is None:
        raise WorkspaceError("EG-6135", number=number)
    return found


def policy_of(version: PolicyVersion) -> Policy:
    """The policy of a version; ``policy.version`` names both, its content and its number.

    Raises WorkspaceError EG-6134 when it is not what was published.
    """
    if version.digest != version.sealed:
        raise WorkspaceError("EG-6134", number=version.number)
    try:
        policy = _read(version.text)
    except PolicyError:
        raise WorkspaceError("EG-6134", number=version.number) from None
    return replace(policy, version=f"{policy.version}-v{version.number}")


def publish(
    document: PolicyDocument,
    by: User | None,
    reason: str,
    *,
    over: int,
    openness: str = "",
    returns_to: int | None = None,
) -> PolicyVersion:
    """Put a document in force as a new version. ``over`` is the number of the version that it was compared
    with (0: none).

    Raises WorkspaceError EG-6131 when another was published since, EG-6132 without a reason, EG-6133 when
    it loosens dangerously without saying why, EG-6136 when nothing changes.
    """
    reason, openness = _said(reason), openness.strip()
    with transaction.atomic():
        newest = PolicyVersion.objects.select_for_update().first()
        number = newest.number if newest is not None else 0
        if number != over:
            raise WorkspaceError("EG-6131")
        before = in_force().document
        if newest is not None and before == document:
            raise WorkspaceError("EG-6136")
        if compare(before, document).dangers and len(openness) < SHORTEST:
            raise WorkspaceError("EG-6133", shortest=SHORTEST)
        made = PolicyVersion(
            number=number + 1,
            text=Policy.of(document).to_yaml(),
            reason=reason,
            openness=openness[:LONGEST],
            returns_to=returns_to,
            by=by,
            by_public_id=by.public_id if by is not None else "",
        )
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # another was published at the same moment
            raise WorkspaceError("EG-6131") from None
    return made


def comparison(before: PolicyDocument, after: PolicyDocument) -> Comparison:
    """The comparison, with the names of the usages, in the language of the page."""
    return compare(before, after, usage_names(), gettext)


def usage_names() -> Mapping[str, str]:
    """What people call each usage, active or not."""
    return dict(Usage.objects.values_list("slug", "name"))


def readable(version: PolicyVersion) -> Policy | None:
    """The policy of a version, or None when it was altered: for the list, which must stay readable."""
    try:
        return policy_of(version)
    except EgideError:
        return None


def _said(reason: str) -> str:
    reason = reason.strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise WorkspaceError("EG-6132", shortest=SHORTEST, longest=LONGEST)
    return reason


@lru_cache(maxsize=16)
def _read(text: str) -> Policy:
    return Policy.from_yaml(text)
