"""The Django app of the Assistant."""

from __future__ import annotations

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "egide.workspace.assistant"
    label = "assistant"
    verbose_name = "Assistant"
    default_auto_field = "django.db.models.BigAutoField"
