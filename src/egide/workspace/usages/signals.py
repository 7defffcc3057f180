"""When a person is erased, what they declared and nobody validated goes with them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete

from egide.workspace.accounts.models import User
from egide.workspace.usages.models import State, Usage


def forget(sender: type[User], instance: User, **_: Any) -> None:
    """Drafts of this person. A validated usage is the company's: it stays, without their name.

    So does one on which a proof stands that is kept, such as a confirmed result of the AI Act.
    """
    for usage in Usage.objects.filter(declared_by=instance).exclude(state=State.VALIDATED):
        with suppress(ProtectedError):
            usage.delete()


def connect() -> None:
    """Called once, when Django is ready."""
    pre_delete.connect(forget, sender=User, dispatch_uid="usages/forget")
