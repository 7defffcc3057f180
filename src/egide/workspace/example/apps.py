"""The Django app « example »."""

from __future__ import annotations

from django.apps import AppConfig


class ExampleConfig(AppConfig):
    name = "egide.workspace.example"
    label = "example"
    verbose_name = "Entreprise d'exemple"
    default_auto_field = "django.db.models.BigAutoField"
