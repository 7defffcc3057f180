"""What the example made, so that removing it takes away nothing else."""

from __future__ import annotations

from django.db import models


class Made(models.Model):
    """One row made by the example: ``kind`` is its model, ``key`` its primary key as text."""

    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="example_noted_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
