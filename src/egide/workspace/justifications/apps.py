"""The Django app « justifications »."""

from __future__ import annotations

from django.apps import AppConfig


class JustificationsConfig(AppConfig):
    name = "egide.workspace.justifications"
    label = "justifications"
    verbose_name = "Demandes"
    default_auto_field = "django.db.models.BigAutoField"
