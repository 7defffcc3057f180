"""The answers given for a usage, what they led to with the table of that day, and the FRIA.

``answers`` are by id of question of ``egide.reference.ai_act``. ``result`` is a proof: it keeps the words of
the table as they were when somebody confirmed it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.deletion import Collector
from django.utils import timezone

from egide.workspace.usages.models import Usage


def _somebody() -> models.ForeignKey:  # type: ignore[type-arg]  # not subscriptable at run time
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )


def unless_confirmed(
    collector: Collector, field: models.ForeignKey[Any, Any], found: models.QuerySet[models.Model], using: str
) -> None:
    """On deletion of a usage: what nobody confirmed goes with it, what was confirmed keeps it."""
    kept: set[models.Model] = {one for one in found if isinstance(one, Assessment) and not one.is_open}
    if kept:
        raise models.ProtectedError("confirmed results are kept", kept)
    models.CASCADE(collector, field, found, using)


class Assessment(models.Model):
    """One walk for a usage: open until a pilot confirms it, then kept for ever.

    ``table``: the version of the table it was answered, then confirmed, with.
    """

    usage = models.ForeignKey(Usage, on_delete=unless_confirmed, related_name="assessments")
    table = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    answered_by = _somebody()
    answered_at = models.DateTimeField(default=timezone.now)
    confirmed_by = _somebody()
    confirmed_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["usage"], condition=models.Q(confirmed_at=None), name="ai_act_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.confirmed_at is None


class Fria(models.Model):
    """The assessment of article 27 for a usage. ``parts``: what is said, by part of the reference file."""

    usage = models.OneToOneField(Usage, on_delete=models.PROTECT, related_name="fria")
    parts = models.JSONField(default=dict)
    notified_on = models.DateField(null=True, blank=True)
    changed_by = _somebody()
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"fria {self.pk}"
