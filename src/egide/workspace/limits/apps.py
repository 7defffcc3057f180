"""The Django app « limits »."""

from __future__ import annotations

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "egide.workspace.limits"
    label = "limits"
    verbose_name = "Limites"
    default_auto_field = "django.db.models.BigAutoField"
