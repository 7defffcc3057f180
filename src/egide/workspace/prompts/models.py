"""What the company adds to the ready prompts: its own, and what each person marks or prepares.

A prompt is named by ``ref``: the id of a ready one, or the id of one of the company. Every text that a
person wrote is sealed.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where the draft of a prompt stands; ``SHARED``: it is the version that everybody reads."""

    DRAFT = "draft", _("Brouillon")
    WAITING = "waiting", _("Attend l'accord d'un pilote")
    REFUSED = "refused", _("Refusée")
    SHARED = "shared", _("Proposée à tous")


class Prompt(models.Model):
    """A prompt that a person wrote. ``current`` is the number of the version that everybody reads, none while
    it is not shared: a change waits for a new approval and the version in force stays until then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT, db_index=True)
    current = models.PositiveIntegerField(null=True)
    sealed_draft = models.BinaryField()
    sealed_word = models.BinaryField(default=bytes)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "pk"]

    def __str__(self) -> str:
        return f"prompt {self.id}"


class Version(models.Model):
    """A content that a pilot approved; it never changes."""

    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    sealed_content = models.BinaryField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["prompt", "number"], name="prompts_one_version")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.prompt_id}"


class Favourite(models.Model):
    """A prompt that a person wants first."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ref"], name="prompts_one_favourite")]

    def __str__(self) -> str:
        return f"favourite {self.ref}"


class Rating(models.Model):
    """What a person thinks of a prompt: 1 to 5. Only the average and the number are ever shown."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=64, db_index=True)
    stars = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "ref"], name="prompts_one_rating"),
            CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="prompts_stars"),
        ]

    def __str__(self) -> str:
        return f"rating of {self.ref}"


class Prepared(models.Model):
    """A filled text on its way to the Assistant; the latest of each person and prompt is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=64)
    sealed_text = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "ref"], name="prompts_one_prepared")]

    def __str__(self) -> str:
        return f"prepared {self.id}"


class Case(models.Model):
    """Values for the blanks of a prompt, and what its answer must and must not contain; all sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=64)
    sealed = models.BinaryField()
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["changed_at", "pk"]
        indexes = [models.Index(fields=["owner", "ref"], name="prompts_case_of")]

    def __str__(self) -> str:
        return f"case {self.id}"


class Trial(models.Model):
    """A case that was sent to a model: whether the answer was as wanted, and in numbers what it lacked.
    ``code`` is that of the refusal, empty when there was an answer, which is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="trials")
    provider = models.CharField(max_length=64)
    model = models.CharField(max_length=200, blank=True)
    passed = models.BooleanField()
    wanted = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    unwanted = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=8, blank=True)
    sealed_answer = models.BinaryField(default=bytes)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"trial {self.id}"
