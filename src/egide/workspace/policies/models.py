"""The versions of the policy, the draft of the next, values declared "not personal", and the company's own
terms to hide."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class VersionQuerySet(models.QuerySet["PolicyVersion"]):
    """Reads and adds; what was published is neither changed nor removed."""

    def update(self, **fields: Any) -> int:
        # The one change that the database itself asks for: a person who is removed leaves their versions.
        if set(fields) != {"by"} or fields["by"] is not None:
            raise TypeError("A published version never changes.")
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A published version is never removed.")


class VersionManager(models.Manager["PolicyVersion"]):
    """Gives such sets."""

    def get_queryset(self) -> VersionQuerySet:
        return VersionQuerySet(self.model, using=self._db)


class PolicyVersion(models.Model):
    """A whole policy as it was published. ``text`` is its file; ``digest`` shows that nobody altered it.

    ``openness`` says why a dangerous loosening was needed; ``returns_to`` is the version that it takes up.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(max_length=500)
    openness = models.TextField(max_length=500, blank=True)
    returns_to = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_public_id = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[VersionManager] = VersionManager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises TypeError for a version that is already kept."""
        if not self._state.adding:
            raise TypeError("A published version never changes.")
        self.digest = self.sealed
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A published version is never removed.")

    @property
    def sealed(self) -> str:
        """What ``digest`` must be."""
        return hashlib.sha256(f"{self.number}\n{self.text}".encode()).hexdigest()


class PolicyDraft(models.Model):
    """Row 1: the next version as pilots prepare it together. ``revision`` grows with each change, so that
    nobody changes or publishes what they have not seen."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    text = models.TextField()
    revision = models.PositiveBigIntegerField()
    returns_to = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="draft_is_one_row")]

    def __str__(self) -> str:
        return f"draft {self.revision}"


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
