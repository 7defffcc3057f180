"""The journal's records as they are chained, and the vault's sealed entries. Never a value in clear.

``details`` is the canonical JSON that was hashed. The other columns repeat parts of it, for filters.
"""

from __future__ import annotations

from django.db import models


class JournalRecord(models.Model):
    """One record of one writer's chain."""

    writer = models.CharField(max_length=128)
    sequence = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    exchange = models.CharField(max_length=128)
    at = models.CharField(max_length=40)
    details = models.TextField()
    moment = models.DateTimeField()
    person = models.CharField(max_length=128, blank=True)
    usage = models.CharField(max_length=128, blank=True)
    provider = models.CharField(max_length=128, blank=True)
    action = models.CharField(max_length=128, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["writer", "sequence"], name="journal_one_place")]
        indexes = [
            models.Index(fields=["exchange"], name="journal_exchange"),
            models.Index(fields=["moment"], name="journal_moment"),
            models.Index(fields=["person", "moment"], name="journal_person"),
            models.Index(fields=["provider", "moment"], name="journal_provider"),
            models.Index(fields=["usage", "moment"], name="journal_usage"),
            models.Index(fields=["action", "moment"], name="journal_action"),
        ]

    def __str__(self) -> str:
        return f"{self.writer} {self.sequence}"


class VaultEntry(models.Model):
    """A sealed value; ``scope`` and ``placeholder`` are keyed names."""

    scope = models.CharField(max_length=32)
    placeholder = models.CharField(max_length=32)
    label = models.CharField(max_length=32)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "placeholder"], name="vault_one_value")]

    def __str__(self) -> str:
        return f"vault entry {self.pk}"
