"""What the first pilot answered, and what was made of it: all that is needed to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far it is."""

    ASKED = "asked", _("Répondu")
    FILLED = "filled", _("Appliqué")
    LATER = "later", _("Plus tard")
    UNDONE = "undone", _("Annulé")


class Welcome(models.Model):
    """Row 1. ``answers`` as the form gave them; ``made``: what was filled, with what was there before."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    answers = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="welcome_is_one_row")]

    def __str__(self) -> str:
        return f"welcome {self.state}"

    @property
    def is_filled(self) -> bool:
        """Whether it was applied, and not taken back."""
        return self.state == State.FILLED
