"""This app's step: the company chose its policy."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.policies.models import PolicyVersion
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    chosen = PolicyVersion.objects.exists()
    return State(chosen, "" if chosen else gettext("Le profil prudent s'applique en attendant."))


STEPS = (
    Step(
        30,
        _("Choisir la politique"),
        _("Ce qui est masqué, refusé ou permis, pour chaque sorte de donnée."),
        "policies:policy",
        _state,
        minutes=3,
    ),
)
