"""A campaign on some points of ``egide.reference.hygiene``, and what each person answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Whether it can still be answered."""

    OPEN = "open", _("En cours")
    CLOSED = "closed", _("Close")


class Said(models.TextChoices):
    """What a person answers."""

    YES = "yes", _("Oui")
    NO = "no", _("Non")
    UNKNOWN = "unknown", _("Je ne sais pas")


class Campaign(models.Model):
    """``checks``: the ids of the points it asks about. Kept at its end, when nothing changes any more:
    ``invited``, how many people there were; ``counts``, by point, how many people gave each answer."""

    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    checks = models.JSONField()
    ends_on = models.DateField(_("fin prévue"))
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True)
    invited = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="open"), name="hygiene_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"campaign {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state == State.OPEN


class Answer(models.Model):
    """One person, one point. It stays, without a name, when the person is removed: it still counts."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    check_id = models.CharField(max_length=64)
    said = models.CharField(max_length=8, choices=Said.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person", "check_id"], name="hygiene_one_answer"),
        ]
        indexes = [models.Index(fields=["campaign", "check_id", "said"], name="hygiene_counted")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
