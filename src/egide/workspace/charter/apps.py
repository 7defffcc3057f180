"""The Django app « charter »."""

from __future__ import annotations

from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "egide.workspace.charter"
    label = "charter"
    verbose_name = "Charte"
    default_auto_field = "django.db.models.BigAutoField"
