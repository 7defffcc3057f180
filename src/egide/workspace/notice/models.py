"""Who read which version of the notice, when; and what the company adds to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Reading(models.Model):
    """One person, one version. ``attested_by``: a pilot says that they were informed otherwise."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings")
    version = models.CharField(max_length=64)
    read_at = models.DateTimeField(default=timezone.now, editable=False)
    attested = models.BooleanField(default=False)
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="notice_read_once")]

    def __str__(self) -> str:
        return f"reading {self.pk} of {self.version}"


class Details(models.Model):
    """Row 1: what only the company can say. Not part of the version: filling it asks nobody to read again."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    contact = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="notice_details_is_one_row")]

    def __str__(self) -> str:
        return "details of the notice"
