"""The Django app « programmes »."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "egide.workspace.programmes"
    label = "programmes"
    verbose_name = "Aides et formations"
    default_auto_field = "django.db.models.BigAutoField"
