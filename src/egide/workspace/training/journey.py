"""The step of the training among the first steps."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.training.models import Certificate
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    trained = Certificate.objects.exclude(person=None).values("person").distinct().count()
    told = gettext("Personnes qui ont réussi un module au moins : %(trained)s.") % {"trained": trained}
    return State(trained > 0, told if trained else "")


STEPS = (
    Step(
        95,
        _("Commencer la formation"),
        _("Huit modules courts, chacun avec son certificat. Donnez l'exemple avec le premier."),
        "training:list",
        _state,
        minutes=25,
    ),
)
