"""An access key: it names a person, and a usage. The key itself is not kept, only its keyed digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egide.workspace.company.models import opaque_id
from egide.workspace.usages.models import Usage


class AccessKey(models.Model):
    """``beginning`` is shown in lists, so that a person recognises theirs."""

    public_id = models.CharField(max_length=32, unique=True, default=opaque_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="keys")
    usage = models.ForeignKey(Usage, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(_("nom"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person__email", "-created_at"]

    def __str__(self) -> str:
        return f"key {self.public_id}"
