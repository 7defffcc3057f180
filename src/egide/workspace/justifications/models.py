"""One exchange that may only go on with a reason: what it is bound to, and where it stands.

Labels and counts, never a value of the text. What the person and the pilot write is sealed.
"""

from __future__ import annotations

import secrets
import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_id() -> str:
    """A fresh name, which the journal keeps too; nobody can guess it."""
    return f"ju-{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(8)}"


class State(models.TextChoices):
    """Where it stands. One whose time is over stays in its state, and is of no use any more."""

    ASKED = "asked", _("Raison à écrire")
    WAITING = "waiting", _("Attend un pilote")
    APPROVED = "approved", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    USED = "used", _("Envoyée")


class Justification(models.Model):
    """``content`` is the keyed digest of what would be sent (``ports.Need``); ``recognised`` its rows.

    ``approval``: a pilot decides. ``code_digest`` is a keyed digest of the one-time code last given out.
    ``exchange`` is the one that used it.
    """

    public_id = models.CharField(max_length=40, unique=True, default=new_id, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="justifications"
    )
    usage = models.CharField(max_length=64)
    provider = models.CharField(max_length=64)
    policy = models.CharField(max_length=200)
    content = models.CharField(max_length=64)
    door = models.CharField(max_length=16)
    approval = models.BooleanField()
    recognised = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    sealed_reason = models.BinaryField(default=bytes)
    sealed_word = models.BinaryField(default=bytes)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What the journal is told, also once the account of who decided is gone.
    decided_by_public_id = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, null=True, unique=True)
    code_expires_at = models.DateTimeField(null=True)
    exchange = models.CharField(max_length=64, blank=True)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "content"], name="justification_same"),
            models.Index(fields=["state", "expires_at"], name="justification_state"),
        ]

    def __str__(self) -> str:
        return f"justification {self.public_id}"
