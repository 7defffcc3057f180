"""The Django app « company »."""

from __future__ import annotations

from django.apps import AppConfig


class CompanyConfig(AppConfig):
    name = "egide.workspace.company"
    label = "company"
    verbose_name = "Entreprise"
    default_auto_field = "django.db.models.BigAutoField"
