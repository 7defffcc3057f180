"""The company's mail server, what waits to be sent or was, and how often each person wants to be reminded.

No row holds an address or a text: a mail is written when it leaves, from the person it is for.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egide.workspace.company.models import opaque_id


class Security(models.TextChoices):
    STARTTLS = "starttls", _("STARTTLS (le plus courant, port 587)")
    TLS = "tls", _("TLS dès la connexion (port 465)")
    NONE = "none", _("Aucune : tout passe en clair (port 25)")


class Relay(models.Model):
    """Row 1: the SMTP server. No row: Égide sends no mail.

    ``resume_at``: nothing is tried before, because of ``trouble`` met ``failures`` times in a row.
    ``planned_on``: the day whose reminders were queued. ``tested``: what the last trial gave ("" : sent).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    host = models.CharField(_("serveur"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=587)
    security = models.CharField(
        _("sécurité"), max_length=8, choices=Security.choices, default=Security.STARTTLS.value
    )
    in_clear = models.BooleanField(_("en clair, j'ai compris"), default=False)
    account = models.CharField(_("compte"), max_length=254, blank=True)
    sealed_password = models.BinaryField(null=True)
    authority = models.TextField(_("autorité privée"), blank=True)
    sender_name = models.CharField(_("nom de l'expéditeur"), max_length=80, default="Égide")
    sender_address = models.EmailField(_("adresse de l'expéditeur"))
    public_address = models.URLField(_("adresse d'Égide"))
    reminders = models.BooleanField(_("envoyer les rappels"), default=True)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    tested_at = models.DateTimeField(null=True)
    tested = models.CharField(max_length=16, blank=True)
    trouble = models.CharField(max_length=16, blank=True)
    reply = models.PositiveSmallIntegerField(null=True)
    failures = models.PositiveIntegerField(default=0)
    resume_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="mail_relay_is_one_row")]

    def __str__(self) -> str:
        return "mail relay"


class Mail(models.Model):
    """A mail of the outbox. ``key`` names what is said to whom: the same is never queued twice.

    ``sealed``: the secret of an invitation's link, gone once the mail has left or is given up; none when the
    invitation leads to the sign-in page.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Lien d'accès")
        DIGEST = "digest", _("Rappel")

    class State(models.TextChoices):
        WAITING = "waiting", _("En attente")
        SENDING = "sending", _("En cours d'envoi")
        # The message itself is being given: if this breaks, nobody knows whether it was taken.
        HANDED = "handed", _("Remis au serveur")
        SENT = "sent", _("Envoyé")
        FAILED = "failed", _("Échec")
        UNCERTAIN = "uncertain", _("Incertain")
        DROPPED = "dropped", _("Sans objet")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=80, unique=True)
    opaque = models.CharField(max_length=32, default=opaque_id, editable=False)
    sealed = models.BinaryField(default=b"")
    rank = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=16, blank=True)
    reply = models.PositiveSmallIntegerField(null=True)
    token = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "rank", "next_at"], name="mail_next"),
            models.Index(fields=["person", "kind", "created_at"], name="mail_of_person"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Frequency(models.TextChoices):
    WORKING_DAY = "working_day", _("Chaque jour ouvré où il y a quelque chose à faire")
    WEEKLY = "weekly", _("Une fois par semaine")
    NONE = "none", _("Jamais")


class Preference(models.Model):
    """How often a person wants to be reminded. No row: once a week."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference"
    )
    frequency = models.CharField(max_length=12, choices=Frequency.choices, default=Frequency.WEEKLY.value)

    def __str__(self) -> str:
        return f"mail preference {self.pk}"
