"""The filters of the journal."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext_lazy as _

from egide.journal import Selection
from egide.workspace.accounts import services as accounts
from egide.workspace.journalling.exchanges import ACTIONS
from egide.workspace.journalling.services import beginning, end
from egide.workspace.providers.models import Provider
from egide.workspace.ui.widgets import QuickSelect
from egide.workspace.usages.models import Usage

ALL = ("", _("Toutes"))


@dataclass(frozen=True, slots=True)
class Names:
    """What the page calls the identifiers of the journal."""

    people: dict[str, str] = field(default_factory=accounts.names)
    usages: dict[str, str] = field(default_factory=lambda: dict(Usage.objects.values_list("slug", "name")))
    providers: dict[str, str] = field(
        default_factory=lambda: dict(Provider.objects.values_list("slug", "name"))
    )


class FilterForm(forms.Form):
    person = forms.ChoiceField(label=_("Personne"), required=False, widget=QuickSelect)
    usage = forms.ChoiceField(label=_("Usage"), required=False)
    provider = forms.ChoiceField(label=_("Fournisseur"), required=False)
    action = forms.ChoiceField(label=_("Décision"), required=False, choices=[ALL, *ACTIONS.items()])
    since = forms.DateField(
        label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, known: Names, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        lists = (("person", known.people), ("usage", known.usages), ("provider", known.providers))
        for name, choices in lists:
            self.fields[name].choices = [ALL if name == "person" else ("", _("Tous")), *choices.items()]  # type: ignore[attr-defined]

    def filters(self) -> dict[str, str]:
        """What was asked; an answer that is not valid filters nothing. Days are those of Paris."""
        if not self.is_valid():
            return {}
        given = self.cleaned_data
        asked = {name: given[name] for name in ("person", "usage", "provider", "action")}
        asked["from"] = beginning(given["since"]) if given["since"] else ""
        asked["to"] = end(given["until"]) if given["until"] else ""
        return asked

    def selection(self) -> Selection:
        """The same, as an export is limited."""
        asked = self.filters()
        names = {"from": "since", "to": "until"}
        return Selection(**{names.get(name, name): value for name, value in asked.items() if value})
