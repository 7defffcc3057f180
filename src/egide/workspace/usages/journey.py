"""This app's step: a usage is in force and says who checks, and what to do without AI."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.ui.journey import State, Step
from egide.workspace.usages.models import Usage
from egide.workspace.usages.services import waiting


def _state() -> State:
    told = Usage.objects.filter(active=True).exclude(control="").exclude(fallback="")
    number = waiting()
    said = gettext("Déclarations à lire : %(number)s.") % {"number": number} if number else ""
    return State(told.exists(), said)


STEPS = (
    Step(
        40,
        _("Déclarer un usage en entier"),
        _("À quoi sert l'IA, avec quelles données, qui vérifie, que faire en cas de panne."),
        "usages:list",
        _state,
        minutes=2,
    ),
)
