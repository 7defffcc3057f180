"""A value that people mark as wrongly hidden or wrongly left, and who said so. The value is sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the person says of the value."""

    NOT_PERSONAL = "not_personal", _("Pas personnel")
    HIDE = "hide", _("À masquer")


class Decision(models.TextChoices):
    """What a pilot said of the proposal; ``OPEN`` until then."""

    OPEN = "open", _("À décider")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")


class Proposal(models.Model):
    """One value and one kind, however many people say it. ``sealing`` says what ``sealed`` holds.

    ``changed_at``: the last voice or the decision, from which the retention period runs.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    digest = models.CharField(max_length=64)
    label = models.CharField(max_length=32, blank=True)
    sealed = models.BinaryField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "digest"], name="feedback_one_proposal"),
        ]
        indexes = [models.Index(fields=["decision", "changed_at"], name="feedback_decision")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class Voice(models.Model):
    """One person who proposes. It stays, without a name, when the person is removed: they still count."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="feedback_one_voice"),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"
