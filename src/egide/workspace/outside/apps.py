"""The Django app « outside »."""

from __future__ import annotations

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "egide.workspace.outside"
    label = "outside"
    verbose_name = "Services publics"
    default_auto_field = "django.db.models.BigAutoField"
