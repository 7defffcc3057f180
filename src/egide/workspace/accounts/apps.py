"""The Django app « accounts »."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "egide.workspace.accounts"
    label = "accounts"
    verbose_name = "Personnes"
    default_auto_field = "django.db.models.BigAutoField"
