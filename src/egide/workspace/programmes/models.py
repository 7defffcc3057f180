"""What the company adds to the directory: what it follows, what it read again, its own entries, newer files.

A programme is named by its id in the directory; its text stays in the reference file, or in the newer one
that a pilot put in force.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egide.reference.regions import REGIONS

KINDS = [
    ("aide_financiere", _("Aide financière")),
    ("autodiagnostic", _("Autodiagnostic")),
    ("formation", _("Formation")),
    ("accompagnement", _("Accompagnement")),
]
STATUSES = [("open", _("Ouvert")), ("closed", _("Fermé")), ("unknown", _("État non établi"))]


class State(models.TextChoices):
    """Where the company stands with a programme that it follows."""

    TO_LOOK = "to_look", _("À étudier")
    APPLIED = "applied", _("Demande déposée")
    OBTAINED = "obtained", _("Obtenu")
    REFUSED = "refused", _("Refusé")
    DROPPED = "dropped", _("Abandonné")


class Follow(models.Model):
    """A programme that the company follows; one row a programme. ``sealing`` says what ``sealed`` holds.

    ``name`` is what the programme was called then: a newer file may no longer hold it.
    """

    programme = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300)
    state = models.CharField(
        _("où en êtes-vous ?"), max_length=10, choices=State.choices, default=State.TO_LOOK
    )
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2, null=True, blank=True)
    next_on = models.DateField(_("prochaine date"), null=True, blank=True)
    sealed = models.BinaryField(default=b"")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"follow {self.pk}"


class Review(models.Model):
    """Somebody read the source of a programme again, that day, and found it so; the last one counts."""

    programme = models.CharField(max_length=64, unique=True)
    status = models.CharField(_("état constaté"), max_length=7, choices=STATUSES)
    closes_on = models.DateField(_("date limite constatée"), null=True, blank=True)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"review {self.pk}"


class OwnProgramme(models.Model):
    """An entry that the company wrote. ``sizes``, ``naf``: separated by spaces; empty: no condition."""

    name = models.CharField(_("nom"), max_length=150)
    kind = models.CharField(_("sorte"), max_length=15, choices=KINDS)
    operator = models.CharField(_("organisme"), max_length=150)
    gives = models.TextField(_("ce que cela apporte"), max_length=1_000)
    amount = models.CharField(_("montant"), max_length=300, blank=True)
    region = models.CharField(
        _("région"), max_length=2, blank=True, choices=[("", _("France entière")), *REGIONS.items()]
    )
    min_staff = models.PositiveIntegerField(_("effectif minimal"), null=True, blank=True)
    max_staff = models.PositiveIntegerField(_("effectif maximal"), null=True, blank=True)
    naf = models.CharField(_("codes NAF"), max_length=200, blank=True)
    profession = models.CharField(_("profession réglementée"), max_length=40, blank=True)
    conditions = models.TextField(_("conditions"), max_length=2_000, blank=True)
    status = models.CharField(_("état"), max_length=7, choices=STATUSES, default="open")
    closes_on = models.DateField(_("date limite"), null=True, blank=True)
    url = models.URLField(_("adresse de la page"), max_length=400)
    source_title = models.CharField(_("source"), max_length=200)
    source_on = models.DateField(_("date de la source"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"own programme {self.pk}"


class Release(models.Model):
    """A newer file of the directory: read and checked, it waits (``taken_at`` none) until a pilot takes it.

    ``content``: the whole file, as checked, in JSON. The newest taken one is in force, unless Égide brings a
    newer one itself.
    """

    digest = models.CharField(max_length=64, unique=True)
    prepared_on = models.DateField()
    content = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-prepared_on", "-pk"]

    def __str__(self) -> str:
        return f"release {self.pk}"
