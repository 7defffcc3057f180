"""This app's step: the company says of itself what the rest is made from."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.company.services import untold
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    missing = untold()
    said = gettext("Reste à dire : %(missing)s.") % {"missing": ", ".join(missing)}
    return State(not missing, said if missing else "")


STEPS = (
    Step(
        10,
        _("Dire qui vous êtes"),
        _("Taille, activité, région : ce qui vous concerne en dépend."),
        "company:profile",
        _state,
        minutes=1,
    ),
)
