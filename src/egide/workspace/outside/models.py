"""Which public services may be asked, who said so, and the key that a service gave the company (sealed)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Switch(models.Model):
    """One service of ``catalogue``. No row: off."""

    service = models.CharField(max_length=64, unique=True)
    is_on = models.BooleanField(default=False)
    sealed_key = models.BinaryField(default=b"")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"switch {self.service}"
