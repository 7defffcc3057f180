"""An action: its owner, its deadline, its state, and what it comes from. Its words are in the reference."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """The page that it comes from."""

    DIAGNOSIS = "diagnosis", _("Autodiagnostic")
    HYGIENE = "hygiene", _("Bonnes pratiques")


class State(models.TextChoices):
    """How far it is."""

    TODO = "todo", _("À faire")
    DOING = "doing", _("En cours")
    DONE = "done", _("Faite")
    DROPPED = "dropped", _("Abandonnée")


RUNNING = (State.TODO, State.DOING)


class Action(models.Model):
    """``reference`` is an id of the origin's reference file. ``about``: the person whose own answer made it.

    Such an action is that person's alone, and goes with them, until they ask for help (``shared``).
    """

    origin = models.CharField(max_length=12, choices=Origin.choices)
    reference = models.CharField(max_length=64)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    shared = models.BooleanField(default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="actions"
    )
    due = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.TODO)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "reference"],
                condition=models.Q(about__isnull=True, state__in=["todo", "doing"]),
                name="actions_one_running",
            ),
            models.UniqueConstraint(
                fields=["origin", "reference", "about"],
                condition=models.Q(about__isnull=False, state__in=["todo", "doing"]),
                name="actions_one_running_each",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"], name="actions_state")]

    def __str__(self) -> str:
        return f"action {self.pk}"

    @property
    def is_running(self) -> bool:
        """Whether it is still to be done."""
        return self.state in RUNNING

    @property
    def is_late(self) -> bool:
        """Whether its deadline has passed."""
        return self.is_running and self.due < timezone.localdate()
