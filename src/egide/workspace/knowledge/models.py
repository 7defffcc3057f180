"""Lists and confidential documents, as keyed hashes: see ``egide.detection.knowledge``."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.errors import WorkspaceError
from egide.workspace.knowledge.limits import MOST_ENTRIES

KINDS = [
    ("client", _("Clients")),
    ("supplier", pgettext_lazy("those who sell to us", "Fournisseurs")),
    ("staff", _("Personnel")),
    ("project", _("Projets")),
    ("product", _("Produits")),
]


class KnowledgeKey(models.Model):
    """Row 1: the key of all hashes, sealed. It outlives a rotation of the master key, as the hashes must."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="knowledge_key_is_one_row")]

    def __str__(self) -> str:
        return "knowledge key"


class Known(models.Model):
    """What both below keep. ``stamp`` changes with ``packed``, so that what was read is not read again."""

    name = models.CharField("nom", max_length=80, unique=True)
    packed = models.BinaryField()
    stamp = models.UUIDField(default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class TermList(Known):
    """A list of names. ``weak``: how many are also everyday words; ``skipped``: lines that told nothing."""

    kind = models.CharField("contenu", max_length=10, choices=KINDS)
    count = models.PositiveIntegerField()
    weak = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)


class Document(Known):
    """A confidential document; ``words``: how long it is."""

    words = models.PositiveIntegerField()


class Draft(models.Model):
    """A list that was given and whose columns are still to be told: encrypted, and gone within the hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=KINDS)
    described = models.CharField(max_length=200)
    lines = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Import(models.Model):
    """A list on its way from its draft to ``TermList``: read by one thread, which tells how far it is.

    Apart from the draft, whose row holds megabytes and would be written anew at each step. The row goes
    away with the draft once the list is in force, and stays, without effect, when that fails.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        STOPPED = "stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, null=True, on_delete=models.SET_NULL, related_name="started")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=KINDS)
    header = models.BooleanField()
    roles = models.JSONField()
    lines = models.PositiveIntegerField()
    read = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=10, blank=True)
    runner = models.CharField(max_length=60, blank=True)
    beat = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def percent(self) -> int:
        """How much of it is read."""
        return 100 * self.read // max(1, self.lines)

    @property
    def told(self) -> str:
        """Why it stopped; nothing unless it did."""
        return WorkspaceError(self.problem, limit=MOST_ENTRIES).message if self.problem else ""
