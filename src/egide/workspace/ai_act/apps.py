"""The Django app « ai_act »."""

from __future__ import annotations

from django.apps import AppConfig


class AiActConfig(AppConfig):
    name = "egide.workspace.ai_act"
    label = "ai_act"
    verbose_name = "Règlement IA"
    default_auto_field = "django.db.models.BigAutoField"
