"""What of the directory is shown: by kind, region, size, state and words."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from egide.detection.view import fold
from egide.reference.programmes import EVERYWHERE, VARIES
from egide.reference.regions import REGIONS
from egide.workspace.programmes.entries import Entry
from egide.workspace.programmes.models import KINDS, STATUSES
from egide.workspace.programmes.profile import SIZE_NAMES

_ANY = ("", _("Peu importe"))


class FilterForm(forms.Form):
    """Every field may be left empty; a choice that does not exist filters nothing."""

    q = forms.CharField(label=_("Mots"), max_length=100, required=False)
    sorte = forms.ChoiceField(label=_("Sorte"), choices=[_ANY, *KINDS], required=False)
    region = forms.ChoiceField(label=_("Région"), choices=[_ANY, *REGIONS.items()], required=False)
    taille = forms.ChoiceField(label=_("Taille"), choices=[_ANY, *SIZE_NAMES.items()], required=False)
    etat = forms.ChoiceField(label=_("État"), choices=[_ANY, *STATUSES], required=False)

    def kept(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that pass every filter that was filled in."""
        self.full_clean()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return [entry for entry in entries if all(_passes(entry, name, given[name]) for name in given)]

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.values())


def _passes(entry: Entry, name: str, value: str) -> bool:
    programme = entry.programme
    match name:
        case "sorte":
            return programme.kind == value
        case "region":
            return programme.eligibility.region in (EVERYWHERE, *VARIES, REGIONS[value])
        case "taille":
            return value in programme.eligibility.sizes
        case "etat":
            return entry.status == value
    told = " ".join(
        (programme.name, programme.operator, programme.gives, programme.amount.text, programme.note or "")
    )
    return all(word in fold(told) for word in fold(value).split())
