"""The Django app « prompts »."""

from __future__ import annotations

from django.apps import AppConfig


class PromptsConfig(AppConfig):
    name = "egide.workspace.prompts"
    label = "prompts"
    verbose_name = "Demandes types"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from egide.workspace.prompts import leaving

        leaving.connect()
