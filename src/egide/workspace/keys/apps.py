"""The Django app « keys »."""

from __future__ import annotations

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "egide.workspace.keys"
    label = "keys"
    verbose_name = "Clés d'accès"
    default_auto_field = "django.db.models.BigAutoField"
