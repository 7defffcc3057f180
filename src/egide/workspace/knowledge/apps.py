"""The Django app « knowledge »."""

from __future__ import annotations

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "egide.workspace.knowledge"
    label = "knowledge"
    verbose_name = "Listes et documents"
    default_auto_field = "django.db.models.BigAutoField"
