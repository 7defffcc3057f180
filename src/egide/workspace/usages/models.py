"""A usage of AI, what happened to its declaration, and the tools that people tell without a name."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a declaration stands. Only a validated usage may be active, that is known to the gateway."""

    PROPOSED = "proposed", _("À valider")
    VALIDATED = "validated", _("Validé")
    RETURNED = "returned", _("À compléter")


class Event(models.TextChoices):
    """What was done to a usage."""

    DECLARED = "declared", _("Déclaré")
    CHANGED = "changed", _("Modifié")
    VALIDATED = "validated", _("Validé")
    RETURNED = "returned", _("Renvoyé pour être complété")


class Usage(models.Model):
    """``slug`` is what the gateway, the policy and the journal know of it; it never changes.

    ``providers`` are slugs of providers, ``tool`` another tool in words; ``data`` and ``concerned`` are ids
    of ``words``. ``reason``: why a pilot sent it back.
    """

    slug = models.SlugField(_("identifiant"), max_length=64, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=80)
    description = models.TextField(_("à quoi cela sert"), max_length=500, blank=True)
    active = models.BooleanField(_("actif"), default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED, editable=False)
    providers = models.JSONField(_("services d'IA"), default=list, blank=True)
    tool = models.CharField(_("autre outil, ou précision"), max_length=120, blank=True)
    data = models.JSONField(_("données"), default=list, blank=True)
    concerned = models.JSONField(_("personnes concernées"), default=list, blank=True)
    department = models.CharField(pgettext_lazy("of a company", "service"), max_length=80, blank=True)
    control = models.TextField(_("qui vérifie la réponse, et comment"), max_length=300, blank=True)
    fallback = models.TextField(_("ce que vous faites si l'IA est en panne"), max_length=300, blank=True)
    review_on = models.DateField(_("à revoir le"), null=True, blank=True)
    reason = models.TextField(max_length=500, blank=True, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    declared_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["state"], name="usages_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active=False) | models.Q(state="validated"),
                name="usages_active_is_validated",
            )
        ]

    def __str__(self) -> str:
        return self.slug


class Change(models.Model):
    """One line of the history of a usage: ``before`` holds what the fields that changed held."""

    usage = models.ForeignKey(Usage, on_delete=models.CASCADE, related_name="changes")
    event = models.CharField(max_length=9, choices=Event.choices)
    before = models.JSONField(default=dict)
    reason = models.TextField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"change {self.pk}"


class Undeclared(models.Model):
    """A tool that somebody uses and nobody declared. Nothing here says who: an id by chance, and the first
    day of the month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tool = models.CharField(_("quel outil"), max_length=120)
    purpose = models.TextField(_("pour quoi faire"), max_length=300)
    data = models.JSONField(_("données"), default=list)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-day", "id"]

    def __str__(self) -> str:
        return f"undeclared tool {self.pk}"
