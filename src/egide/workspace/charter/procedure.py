"""The French procedure for a charter that may found sanctions: its formalities, dated, and what follows.

What each step asks and when it is mandatory is in the reference file, with its sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.charter import Case, Clause, Step, charter
from egide.workspace.charter.calendar import month_after
from egide.workspace.charter.content import founds_sanctions, kept
from egide.workspace.charter.models import CharterDraft, CharterVersion, Procedure
from egide.workspace.charter.words import day, of_this_century

# Id, what people read, the step of the reference file that asks for it.
FORMALITIES: Final = (
    ("information", _("Chaque salarié est informé par écrit"), "information_individuelle"),
    ("cse_ia", _("Avis du CSE sur l'introduction de l'IA"), "consultation_cse_technologie"),
    ("cse_controle", _("Avis du CSE sur les moyens de contrôle"), "consultation_cse_controle"),
    ("cse_charte", _("Avis du CSE sur la charte"), "procedure_reglement_interieur"),
    ("depot", _("Dépôt au greffe du conseil de prud'hommes"), "procedure_reglement_interieur"),
    ("publicite", _("Publicité (par tout moyen)"), "procedure_reglement_interieur"),
    ("inspection", _("Transmission à l'inspection du travail"), "procedure_reglement_interieur"),
)
ENTRY_WAITS_FOR: Final = ("depot", "publicite")
_ALWAYS: Final = "toujours"


class FormalitiesForm(forms.Form):
    """When each formality was done, or is planned."""

    def __init__(self, kept: dict[str, str], data: Any = None) -> None:
        super().__init__(data, initial=kept)
        for name, label, _step in FORMALITIES:
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name] = forms.DateField(label=label, required=False, widget=widget)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name, on in list(given.items()):
            if on and not of_this_century(on):
                self.add_error(name, gettext("Vérifiez l'année de cette date."))
        return given

    @property
    def dates(self) -> dict[str, str]:
        """The dates given, as they are kept."""
        return {name: on.isoformat() for name, on in self.cleaned_data.items() if on}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the procedure, with what it is for this company."""

    step: Step
    need: str
    badge: str


def dates(number: int) -> dict[str, str]:
    """Those noted for the version of this number."""
    found = Procedure.objects.filter(number=number).first()
    return found.dates if found else {}


def note(number: int, given: dict[str, str]) -> None:
    """Keep the dates of a version."""
    Procedure.objects.update_or_create(number=number, defaults={"dates": given})


def earliest(given: dict[str, str]) -> date | None:
    """The first day of entry into force: a month after filing and publicity, once both are dated."""
    filed, made_public = day(given.get("depot", "")), day(given.get("publicite", ""))
    return month_after(max(filed, made_public)) if filed and made_public else None


def soonest(given: dict[str, str], today: date) -> date:
    """The same, whatever is dated: what is not can be done today at the soonest."""
    return month_after(max(day(given.get(name, "")) or today for name in ENTRY_WAITS_FOR))


def refusals(draft: CharterDraft, number: int, entry: date | None, today: date) -> list[str]:
    """Why the procedure does not let this draft be published with this entry into force."""
    if not founds_sanctions(draft) or entry is None:
        return []
    given = dates(number)
    found, first = disorders(given, None), soonest(given, today)
    if entry < first:
        said = gettext(
            "Avec des sanctions, la charte entre en vigueur un mois après le dépôt et la publicité : le "
            "%(first)s au plus tôt, et non le %(entry)s. Reculez la date, ou notez dans "
            "« Procédure » à quelles dates le dépôt et la publicité ont vraiment été faits."
        )
        found.append(said % {"first": f"{first:%d/%m/%Y}", "entry": f"{entry:%d/%m/%Y}"})
    return found


def unproven(version: CharterVersion) -> list[str]:
    """What the dates noted for a published version with sanctions lack, or do not follow."""
    if not version.content.get("sanctions"):
        return []
    given = dates(version.number)
    missing = [
        str(label) for name, label, _step in FORMALITIES if name in ENTRY_WAITS_FOR and name not in given
    ]
    said = gettext("Date à noter : %(what)s.")
    return [
        *(said % {"what": f"{label[:1].lower()}{label[1:]}"} for label in missing),
        *disorders(given, version.enters_on),
    ]


def disorders(given: dict[str, str], entry: date | None) -> list[str]:
    """What does not follow the order of the procedure, as sentences."""
    on = {name: day(written) for name, written in given.items()}
    found = []
    advice, filed, first = on.get("cse_charte"), on.get("depot"), earliest(given)
    if advice and filed and filed < advice:
        found.append(gettext("Le dépôt vient avant l'avis du CSE : l'avis se demande d'abord."))
    if first and entry and entry < first:
        said = gettext(
            "La charte dit qu'elle entre en vigueur le %(entry)s ; la première date possible est le "
            "%(first)s."
        )
        found.append(said % {"first": f"{first:%d/%m/%Y}", "entry": f"{entry:%d/%m/%Y}"})
    return found


def disciplinary(draft: CharterDraft) -> list[Clause]:
    """Articles whose breach could be punished."""
    return [one for one in charter().articles if one.disciplinary_effect and kept(one, draft)]


def steps(case: Case | None) -> list[ShownStep]:
    """All of them; ``case`` is none while the company has not told its size."""
    return [_shown(one, case) for one in charter().legal.steps]


def _shown(step: Step, case: Case | None) -> ShownStep:
    if step.mandatory == _ALWAYS or (case and step.id in case.required):
        return ShownStep(step, gettext("Obligatoire pour vous"), "eg-badge-bad")
    if case and step.id in case.recommended:
        return ShownStep(step, gettext("Conseillé pour vous"), "eg-badge-warn")
    return ShownStep(step, gettext("Selon le cas"), "")
