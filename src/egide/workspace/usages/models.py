"""A declared usage of AI. Minimal for now: what it is called and what it is for."""

from __future__ import annotations

from django.db import models


class Usage(models.Model):
    """``slug`` is what the gateway, the policy and the journal know of it; it never changes."""

    slug = models.SlugField("identifiant", max_length=64, unique=True, editable=False)
    name = models.CharField("nom", max_length=80)
    description = models.TextField("description", max_length=500, blank=True)
    active = models.BooleanField("actif", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.slug
