"""What an administrator says of the company's identity provider. The client secret is sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SingleSignOn(models.Model):
    """Row 1. ``version`` grows with each change: what was learnt from the provider is kept under it.

    ``roles`` says which role each group gives; ``domains`` which addresses come in.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.PositiveBigIntegerField(default=0, editable=False)
    is_on = models.BooleanField(_("Ouvrir la connexion d'entreprise"), default=False)
    label = models.CharField(_("Nom écrit sur le bouton"), max_length=40, blank=True)
    issuer = models.CharField(_("Adresse de l'émetteur"), max_length=300, blank=True)
    client_id = models.CharField(_("Identifiant du client"), max_length=190, blank=True)
    sealed_secret = models.BinaryField(default=b"")
    domains = models.JSONField(_("Domaines de courriel acceptés"), default=list, blank=True)
    creates_people = models.BooleanField(_("Créer les personnes inconnues"), default=False)
    passwords_closed = models.BooleanField(_("Fermer la connexion par mot de passe"), default=False)
    groups_claim = models.CharField(_("Où le service donne les groupes"), max_length=80, blank=True)
    roles = models.JSONField(_("Rôle que donne chaque groupe"), default=dict, blank=True)
    authority = models.TextField(_("Autorité de certification privée"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="sso_is_one_row")]

    def __str__(self) -> str:
        return f"single sign-on, version {self.version}"
