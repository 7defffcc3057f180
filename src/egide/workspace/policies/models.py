"""The policy in force, values declared "not personal", and the company's own terms to hide."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class PolicyChoice(models.Model):
    """Row 1: the name of a shipped policy, or the text of the company's own when ``source`` is filled."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField("politique", max_length=64)
    source = models.TextField(blank=True)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="policy_is_one_row")]

    def __str__(self) -> str:
        return self.name


class Decided(models.Model):
    """What both lists below keep: a keyed digest, who decided, and when."""

    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Exemption(Decided):
    """A value that is never to be hidden. Only its digest is kept: the value cannot be read back."""


class Term(Decided):
    """A term of the company's own to hide everywhere. Encrypted, because it must be searched in texts."""

    sealed = models.BinaryField()
