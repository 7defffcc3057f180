"""The Django app « hygiene »."""

from __future__ import annotations

from django.apps import AppConfig


class HygieneConfig(AppConfig):
    name = "egide.workspace.hygiene"
    label = "hygiene"
    verbose_name = "Bonnes pratiques"
    default_auto_field = "django.db.models.BigAutoField"
