"""The Django app « rules »."""

from __future__ import annotations

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "egide.workspace.rules"
    label = "rules"
    verbose_name = "Mes règles"
    default_auto_field = "django.db.models.BigAutoField"
