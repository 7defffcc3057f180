"""The step of the programmes among the first steps."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.programmes.models import Follow
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    number = Follow.objects.count()
    return State(number > 0, gettext("Programmes suivis : %(n)s.") % {"n": number} if number else "")


STEPS = (
    Step(
        100,
        _("Chercher des aides et des formations"),
        _("Ce que l'État et votre région proposent à une entreprise comme la vôtre."),
        "programmes:list",
        _state,
        minutes=2,
    ),
)
