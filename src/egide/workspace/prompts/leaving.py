"""What becomes of a person's prompts when the person is removed: what others use stays, the rest goes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete

from egide.workspace.accounts.models import User
from egide.workspace.prompts import sealing
from egide.workspace.prompts.models import Prompt, State, Version


def forget(sender: type[User], instance: User, **_: Any) -> None:
    """Delete what was never shared or no longer is; of the others, the changes that nobody approved."""
    Prompt.objects.filter(author=instance, current__isnull=True).delete()
    shared = Version.objects.filter(prompt__author=instance).select_related("prompt")
    for version in shared:
        if version.number == version.prompt.current:
            left = version.prompt
            left.sealed_draft = sealing.seal_draft(left, sealing.open_version(version))
            left.state, left.sealed_word = State.SHARED, b""
            left.save(update_fields=["sealed_draft", "state", "sealed_word"])


def connect() -> None:
    """Called once, when Django is ready."""
    pre_delete.connect(forget, sender=User, dispatch_uid="prompts/leaving")
