"""The Django app « policies »."""

from __future__ import annotations

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "egide.workspace.policies"
    label = "policies"
    verbose_name = "Politique"
    default_auto_field = "django.db.models.BigAutoField"
