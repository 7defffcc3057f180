"""This app's step: everybody has read what is recorded of them."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.notice.services import details, uninformed
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    added, waiting = details(), uninformed().count()
    if not (added.basis and added.contact):
        return State(False, gettext("Il reste à préciser le contact et la base légale."))
    told = gettext("Personnes qui ne l'ont pas encore lue : %(waiting)s.") % {"waiting": waiting}
    return State(not waiting, told if waiting else "")


STEPS = (
    Step(
        60,
        _("Informer le personnel"),
        _("Chacun lit ce qu'Égide enregistre de lui avant de s'en servir."),
        "notice:follow",
        _state,
        minutes=1,
    ),
)
