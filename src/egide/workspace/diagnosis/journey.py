"""The step of the self-diagnosis among the first steps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.models import State as Stage
from egide.workspace.ui.journey import State, Step


def _finished() -> State:
    return State(Diagnosis.objects.filter(state=Stage.FINISHED).exists())


STEPS = (
    Step(
        90,
        _("Faire l'autodiagnostic"),
        _("Un questionnaire pour savoir où vous en êtes, et par quoi commencer."),
        "diagnosis:list",
        _finished,
        minutes=8,
    ),
)
