"""What a person answered, the certificates of what they passed, and what makes people train again.

Modules and questions are ids of ``egide.reference.training``; the order of the options is kept here, so that
a page tells nothing of the right ones before the answers are sent.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from egide.workspace.training.codes import new_code


class Edition(models.Model):
    """A version of a module's content, and since when this company has it."""

    module = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["module", "version"], name="training_one_edition")]

    def __str__(self) -> str:
        return f"{self.module} {self.version}"


class Recall(models.Model):
    """A pilot asks everybody to pass a module again."""

    module = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"recall of {self.module}"


class Attempt(models.Model):
    """One quiz of one person. ``order``: for each question, the places of its options as they are shown.

    ``answers`` holds the chosen options of each question, by their places in the reference; like ``score``
    and ``missed`` (questions not rightly answered), none until the answers are sent, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    module = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    order = models.JSONField()
    started_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    answers = models.JSONField(null=True)
    missed = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module"],
                condition=models.Q(sent_at=None),
                name="training_one_open_attempt",
            )
        ]
        indexes = [models.Index(fields=["person", "module", "sent_at"], name="training_attempts")]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Certificate(models.Model):
    """A module was passed. It stays, without a name, when the person is removed: the proof that it was."""

    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    attempt = models.OneToOneField(Attempt, null=True, on_delete=models.SET_NULL, related_name="certificate")
    module = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    passed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "passed_at"], name="training_passed"),
            # All that ``levels`` asks of each person and module.
            models.Index(fields=["person", "module", "version", "passed_at"], name="training_levels"),
        ]

    def __str__(self) -> str:
        return f"certificate {self.pk}"


class Weekly(models.Model):
    """The question of a week (its Monday) for one person, and whether they answered it rightly."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    question = models.CharField(max_length=64)
    order = models.JSONField()
    answers = models.JSONField(null=True)
    right = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="training_one_a_week")]

    def __str__(self) -> str:
        return f"question of the week {self.week}"
