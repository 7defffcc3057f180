"""This app's step: a service of AI is connected."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.workspace.providers.models import Provider
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    return State(Provider.objects.filter(active=True).exists())


STEPS = (
    Step(
        20,
        _("Brancher un service d'IA"),
        _("Sans lui, l'Assistant ne peut pas répondre."),
        "providers:list",
        _state,
        minutes=5,
    ),
)
