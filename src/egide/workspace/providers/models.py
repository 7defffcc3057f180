"""An AI service that exchanges may be sent to."""

from __future__ import annotations

from django.db import models

from egide.policy import Trust

KINDS = [("openai", "Compatible OpenAI"), ("anthropic", "Compatible Anthropic")]
TRUSTS = [
    (Trust.PUBLIC.value, "Grand public"),
    (Trust.CONTRACT.value, "Sous contrat"),
    (Trust.EUROPEAN.value, "Européen, sous contrat"),
    (Trust.LOCAL.value, "Local : sur vos machines"),
]


class Provider(models.Model):
    """``slug`` names it in ``model=slug/model``; its API key is sealed and never shown again."""

    slug = models.SlugField("identifiant", max_length=64, unique=True, editable=False)
    name = models.CharField("nom", max_length=80, unique=True)
    kind = models.CharField("type", max_length=10, choices=KINDS, default="openai")
    base_url = models.CharField("adresse", max_length=300)
    trust = models.CharField("niveau de confiance", max_length=10, choices=TRUSTS, default=Trust.PUBLIC.value)
    model_names = models.JSONField("modèles proposés", default=list, blank=True)
    sealed_key = models.BinaryField(null=True, blank=True)
    active = models.BooleanField("actif", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.slug
