"""The Django app « providers »."""

from __future__ import annotations

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "egide.workspace.providers"
    label = "providers"
    verbose_name = "Fournisseurs"
    default_auto_field = "django.db.models.BigAutoField"
