"""A number that grows with each change that exchanges depend on: other processes watch it."""

from __future__ import annotations

from django.db import models


class Version(models.Model):
    """Row 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="version_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
