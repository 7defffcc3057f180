"""The Django app « welcome »."""

from __future__ import annotations

from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "egide.workspace.welcome"
    label = "welcome"
    verbose_name = "Accueil d'une entreprise"
    default_auto_field = "django.db.models.BigAutoField"
