"""The Django app « diagnosis »."""

from __future__ import annotations

from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    name = "egide.workspace.diagnosis"
    label = "diagnosis"
    verbose_name = "Autodiagnostic"
    default_auto_field = "django.db.models.BigAutoField"
