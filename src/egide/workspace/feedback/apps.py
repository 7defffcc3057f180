"""The Django app « feedback »."""

from __future__ import annotations

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "egide.workspace.feedback"
    label = "feedback"
    verbose_name = "Signalements"
    default_auto_field = "django.db.models.BigAutoField"
