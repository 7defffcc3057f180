"""The Django app « training »."""

from __future__ import annotations

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "egide.workspace.training"
    label = "training"
    verbose_name = "Formation"
    default_auto_field = "django.db.models.BigAutoField"
