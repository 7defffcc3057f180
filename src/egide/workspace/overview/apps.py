"""The Django app « overview »."""

from __future__ import annotations

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "egide.workspace.overview"
    label = "overview"
    verbose_name = "Accueil"
    default_auto_field = "django.db.models.BigAutoField"
