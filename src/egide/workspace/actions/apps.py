"""The Django app « actions »."""

from __future__ import annotations

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "egide.workspace.actions"
    label = "actions"
    verbose_name = "Actions"
    default_auto_field = "django.db.models.BigAutoField"
