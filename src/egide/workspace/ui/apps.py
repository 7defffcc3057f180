"""The Django app « ui »."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "egide.workspace.ui"
    label = "ui"
    verbose_name = "Composants de page"
    default_auto_field = "django.db.models.BigAutoField"
