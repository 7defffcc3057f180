"""The Django app « usages »."""

from __future__ import annotations

from django.apps import AppConfig


class UsagesConfig(AppConfig):
    name = "egide.workspace.usages"
    label = "usages"
    verbose_name = "Usages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from egide.workspace.usages import signals

        signals.connect()
