"""Erases a person who left: their account, conversations, keys and drafts go.

What the company must be able to prove stays, without a name: the journal knows an opaque id only, what
others decided with them and what was validated keep neither name nor address. Masked values, sealed and
bound to nobody by name, end with their retention period.
"""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction

from egide.errors import WorkspaceError
from egide.policy.limits import Subject
from egide.workspace.accounts.models import User
from egide.workspace.limits.models import Counter, Limit


@transaction.atomic
def erase(person: User) -> None:
    """Raises WorkspaceError EG-6536 while they still have an access."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.is_active:
        raise WorkspaceError("EG-6536")
    for limit in Limit.objects.filter(subject=Subject.PERSON, who=locked.public_id):
        limit.delete()
    Counter.objects.filter(subject=Subject.PERSON, who=locked.public_id).delete()
    _close_sessions(str(locked.pk))
    locked.delete()


def _close_sessions(pk: str) -> None:
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == pk:
            session.delete()
