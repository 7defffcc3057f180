"""The form of the quick charter: its decisions, each filled with what was said or else proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

from egide.reference.charter import charter
from egide.workspace.accounts.models import User
from egide.workspace.charter import quick
from egide.workspace.charter.forms import LONGEST, SHORT, YES_NO
from egide.workspace.charter.models import CharterDraft
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.words import day


class QuickForm(forms.Form):
    """One field a decision; its help is why the proposal is a safe one."""

    use_required_attribute = False

    def __init__(self, draft: CharterDraft, by: User, today: date, data: Any = None) -> None:
        # One value by name: a plain mapping, which may be changed.
        super().__init__({name: data[name] for name in data} if data else None)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=draft.revision)
        told, proposed = quick.variables(by, today), proposals()
        labels = {one.name: gettext(one.label.split(" (")[0]) for one in charter().variables}
        for name in quick.VARIABLES:
            field = forms.CharField(
                label=labels[name],
                max_length=LONGEST,
                widget=_widget(name),
                help_text=told[name].reason,
                initial=draft.values.get(name) or proposed.get(name) or told[name].text,
            )
            self.fields[f"var_{name}"] = field
        for name in quick.QUESTIONS:
            self.fields[f"answer_{name}"] = _question(name, draft)

    def clean_var_date_entree_vigueur(self) -> str:
        said: str = self.cleaned_data["var_date_entree_vigueur"]
        if day(said) is None:
            raise forms.ValidationError(gettext("Ce n'est pas une date."))
        return said

    @property
    def values(self) -> dict[str, str]:
        """By variable."""
        return {name: self.cleaned_data[f"var_{name}"] for name in quick.VARIABLES}

    @property
    def answers(self) -> dict[str, str]:
        """By clause."""
        return {name: self.cleaned_data[f"answer_{name}"] for name in quick.QUESTIONS}

    def take_over(self, revision: int) -> None:
        """What was typed is to be kept over this revision, once it is sent again."""
        self.data = {**self.data, "revision": str(revision)}


def _question(name: str, draft: CharterDraft) -> forms.ChoiceField:
    clause = next(one for one in charter().articles if one.id == name)
    variants = [(one.key, f"{one.text} ({gettext(one.label)})") for one in clause.variants]
    proposed = quick.answers()[name]
    return forms.ChoiceField(
        label=gettext(clause.question),
        choices=[*variants, YES_NO[1]] if variants else YES_NO,
        widget=forms.RadioSelect,
        help_text=proposed.reason,
        initial=draft.answers.get(name) or proposed.text,
    )


def _widget(name: str) -> forms.Widget:
    if name == "date_entree_vigueur":
        return forms.DateInput(attrs={"type": "date"})
    if name in SHORT or name == "contact_incident":
        return forms.TextInput(attrs={"autocomplete": "off"})
    return forms.Textarea(attrs={"rows": 2})
