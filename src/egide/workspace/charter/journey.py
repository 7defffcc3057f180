"""The steps of the charter among the first steps: it is published, then signed by everybody."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.charter.binding import current
from egide.workspace.charter.signing import unsigned
from egide.workspace.ui.journey import State, Step


def _published() -> State:
    version = current()
    if version is None:
        return State(False)
    if version.enters_on > timezone.localdate():
        said = gettext("La version %(number)s entre en vigueur le %(day)s.")
        return State(True, said % {"number": version.number, "day": f"{version.enters_on:%d/%m/%Y}"})
    return State(True, gettext("En vigueur : la version %(number)s.") % {"number": version.number})


def _signed() -> State:
    version = current()
    if version is None:
        return State(False)
    waiting = unsigned(version).count()
    said = gettext("Personnes qui ne l'ont pas encore signée : %(waiting)s.") % {"waiting": waiting}
    return State(not waiting, said if waiting else "")


STEPS = (
    Step(
        80,
        _("Publier la charte"),
        _("Chacun sait ce qui est permis, le signe, et vous pouvez le prouver."),
        "charter:quick",
        _published,
        minutes=7,
    ),
    Step(
        85,
        _("Faire signer la charte"),
        _("Chacun la lit et la signe dans Égide, vous aussi (page « Charte »)."),
        "charter:signatures",
        _signed,
        minutes=1,
    ),
)
