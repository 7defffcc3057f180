"""The Django app « mail »."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "egide.workspace.mail"
    label = "mail"
    verbose_name = "Courriel"
    default_auto_field = "django.db.models.BigAutoField"
