"""A self-diagnosis, the answers that pilots keep, and what the people they invited answered.

Questions and axes are ids of its questionnaire, which is kept once for all those answered under it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egide.workspace.diagnosis.scoring import LEVELS, SET_ASIDE, UNKNOWN

ANSWERS = (*LEVELS, UNKNOWN, SET_ASIDE)


class State(models.TextChoices):
    """Whether it can still be answered."""

    OPEN = "open", _("En cours")
    FINISHED = "finished", _("Terminé")


class Edition(models.Model):
    """A questionnaire as its file said it (JSON), named by its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()

    def __str__(self) -> str:
        return f"edition {self.digest[:8]}"


class Diagnosis(models.Model):
    """One questionnaire, answered once: that of its file when it began.

    ``opinions_closed_at``: from then on nobody gives their opinion, and the counts are shown.
    """

    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)
    opinions_closed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="open"), name="diagnosis_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"diagnosis {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.state == State.OPEN


class Given(models.Model):
    """An answer: a level, ``unknown`` or ``none`` (« sans objet »)."""

    question = models.CharField(max_length=64)
    answer = models.CharField(max_length=8)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Answer(Given):
    """What pilots keep for the company: what is scored."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "question"], name="diagnosis_one_answer"),
        ]


class Invitation(models.Model):
    """A person is asked for their view of an axis."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    axis = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "person", "axis"], name="diagnosis_invited_once"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class View(Given):
    """What an invited person answered. Pilots see how many answered what, never who.

    It stays, without a name, when the person is removed: counts that changed then would tell what they said.
    """

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="views")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "person", "question"], name="diagnosis_one_view"),
        ]
