"""The company: one row. Its id is opaque and binds what is encrypted for it; the rest, it says of itself.

``region`` is a code of ``egide.reference.regions``, ``profession`` an id of ``egide.reference.professions``;
what is empty or none was not told, and nothing is deduced from it.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def opaque_id() -> str:
    """32 hexadecimal characters that say nothing of whom they name."""
    return uuid.uuid4().hex


class Company(models.Model):
    """Row 1, always."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    public_id = models.CharField(max_length=32, unique=True, default=opaque_id, editable=False)
    name = models.CharField(_("nom de l'entreprise"), max_length=120, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    staff = models.PositiveIntegerField(_("effectif"), null=True, blank=True)
    naf = models.CharField(_("code NAF"), max_length=6, blank=True)
    region = models.CharField(_("région"), max_length=2, blank=True)
    profession = models.CharField(_("profession réglementée"), max_length=40, blank=True)
    representatives = models.BooleanField(_("représentants du personnel"), null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="company_is_one_row")]

    def __str__(self) -> str:
        return f"company {self.public_id}"
