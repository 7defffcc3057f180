"""An AI service that exchanges may be sent to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from egide.policy import Trust

KINDS = [("openai", _("Compatible OpenAI")), ("anthropic", _("Compatible Anthropic"))]
AUTHS = [
    ("", _("Comme le veut son type (le plus courant)")),
    ("bearer", "Authorization: Bearer"),
    ("x-api-key", "x-api-key"),
    ("api-key", _("api-key (Azure)")),
]
TRUSTS = [
    (Trust.PUBLIC.value, _("Grand public")),
    (Trust.CONTRACT.value, _("Sous contrat")),
    (Trust.EUROPEAN.value, _("Européen, sous contrat")),
    (Trust.LOCAL.value, _("Local : sur vos machines")),
]


class Provider(models.Model):
    """``slug`` names it in ``model=slug/model``; its API key is sealed and never shown again.

    ``position`` is its place in the company's order of preference; ``preset`` the id of the preset that it
    came from; ``prices`` gives for each model its price in euros per million tokens, in and out.
    """

    slug = models.SlugField(_("identifiant"), max_length=64, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=80, unique=True)
    kind = models.CharField(_("type"), max_length=10, choices=KINDS, default="openai")
    base_url = models.CharField(_("adresse"), max_length=300)
    trust = models.CharField(
        _("niveau de confiance"), max_length=10, choices=TRUSTS, default=Trust.PUBLIC.value
    )
    model_names = models.JSONField(_("modèles proposés"), default=list, blank=True)
    sealed_key = models.BinaryField(null=True, blank=True)
    active = models.BooleanField(_("actif"), default=True)
    position = models.PositiveIntegerField(_("place"), default=0, editable=False)
    preset = models.CharField(max_length=64, blank=True, default="", editable=False)
    prices = models.JSONField(_("prix"), default=dict, blank=True)
    auth = models.CharField(_("en-tête de la clé"), max_length=10, choices=AUTHS, blank=True, default="")
    deployments = models.BooleanField(_("modèle nommé dans l'adresse (déploiements Azure)"), default=False)
    api_version = models.CharField(_("version de l'API"), max_length=30, blank=True, default="")
    connect_seconds = models.PositiveSmallIntegerField(_("délai de connexion"), null=True, blank=True)
    read_seconds = models.PositiveSmallIntegerField(_("silence toléré"), null=True, blank=True)
    proxy = models.CharField(_("proxy"), max_length=300, blank=True, default="")
    sealed_proxy_login = models.BinaryField(null=True, blank=True)
    authority = models.TextField(_("autorité de certification privée"), blank=True, default="")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.slug


class Replacement(models.Model):
    """When ``model`` of ``provider`` does not answer, ``to_model`` of ``to_provider`` may be asked.

    ``less_trusted``: accepted by a pilot although the second provider is less trusted.
    """

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="replacements")
    model = models.CharField(max_length=200)
    to_provider = models.ForeignKey(Provider, models.CASCADE, related_name="replaces")
    to_model = models.CharField(max_length=200)
    less_trusted = models.BooleanField(default=False)

    class Meta:
        ordering = ["provider__position", "model", "to_provider__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "model", "to_provider"], name="one_replacement_per_provider"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}/{self.model} → {self.to_provider_id}/{self.to_model}"
