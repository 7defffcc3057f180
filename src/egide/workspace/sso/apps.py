"""The Django app « sso »."""

from __future__ import annotations

from django.apps import AppConfig


class SsoConfig(AppConfig):
    name = "egide.workspace.sso"
    label = "sso"
    verbose_name = "Connexion d'entreprise"
    default_auto_field = "django.db.models.BigAutoField"
