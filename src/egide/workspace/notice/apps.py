"""The Django app « notice »."""

from __future__ import annotations

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "egide.workspace.notice"
    label = "notice"
    verbose_name = "Information du personnel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from egide.workspace.notice import leaving

        leaving.connect()
