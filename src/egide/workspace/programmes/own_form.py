"""The form of an entry that the company writes: what a source says, where and when it was read."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from egide.reference.professions import professions
from egide.workspace.programmes.entries import as_programme
from egide.workspace.programmes.forms import DayInput, of_this_century
from egide.workspace.programmes.models import OwnProgramme
from egide.workspace.ui.widgets import QuickSelect

_NAF = re.compile(r"(\d{2})(?:\.?(\d{1,2})([A-Z]?))?")


class OwnForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    profession = forms.ChoiceField(label=_("Profession réglementée"), required=False, widget=QuickSelect)

    url = forms.URLField(
        label=_("Adresse de la page"),
        max_length=400,
        assume_scheme="https",
        help_text=_("Une adresse qui commence par https://"),
    )

    class Meta:
        model = OwnProgramme
        fields = (
            "name",
            "kind",
            "operator",
            "gives",
            "amount",
            "region",
            "min_staff",
            "max_staff",
            "naf",
            "profession",
            "conditions",
            "status",
            "closes_on",
            "url",
            "source_title",
            "source_on",
        )
        widgets = {
            "gives": forms.Textarea(attrs={"rows": 3}),
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "closes_on": DayInput(),
            "source_on": DayInput(),
        }
        help_texts = {
            "naf": _("Réservé à ces activités : par exemple « 62 63.11Z ». Vide : toutes."),
            "conditions": _("Une par ligne."),
            "source_title": _("Qui le dit : le titre de la page ou du document."),
            "source_on": _("La date de cette page : elle dit jusqu'à quand la croire."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profession"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", _("Toutes")), *((one.id, one.label) for one in professions().professions)]

    def clean_naf(self) -> str:
        codes = self.cleaned_data["naf"].upper().replace(",", " ").replace(";", " ").split()
        found = [_NAF.fullmatch(code) for code in codes]
        if not all(found):
            raise forms.ValidationError(
                gettext("Écrivez des codes comme 62 ou 62.01Z, séparés par des espaces.")
            )
        return " ".join(_written(one) for one in found if one)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.startswith("https://"):
            raise forms.ValidationError(gettext("L'adresse doit commencer par https://"))
        return url

    def clean_source_on(self) -> Any:
        day = self.cleaned_data["source_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("Cette date n'est pas encore venue."))
        of_this_century(day)
        return day

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day is not None:
            of_this_century(day)
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        least, most = given.get("min_staff"), given.get("max_staff")
        if least is not None and most is not None and least > most:
            self.add_error("max_staff", gettext("L'effectif maximal est plus petit que le minimal."))
        return given

    def _post_clean(self) -> None:
        """As everywhere in the directory: an entry that the form of the file refuses is not kept."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            as_programme(self.instance)
        except ValidationError as wrong:
            names = {str(part) for one in wrong.errors() for part in one["loc"]} & set(self.fields)
            said = gettext("Ce texte contient un signe ou une longueur que le répertoire refuse.")
            for name in names or ("",):
                self.add_error(name or None, said)


def _written(code: re.Match[str]) -> str:
    division, group, letter = code.groups()
    return f"{division}.{group}{letter}" if group else division
