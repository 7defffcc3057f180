"""The Django app « journalling »."""

from __future__ import annotations

from django.apps import AppConfig


class JournallingConfig(AppConfig):
    name = "egide.workspace.journalling"
    label = "journalling"
    verbose_name = "Journal"
    default_auto_field = "django.db.models.BigAutoField"
