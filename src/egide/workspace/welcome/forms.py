"""The three answers: who the company is, its trade, and what AI is or will be used for."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.prompts import prompts
from egide.workspace.company.forms import CompanyForm

USED: Final = (
    ("public", _("Des comptes gratuits, ouverts à tous (ChatGPT, Gemini, Le Chat…)")),
    ("paid", _("Un abonnement payé par l'entreprise")),
    ("inside", _("Une IA comprise dans un logiciel que nous avons déjà")),
)


class WelcomeForm(CompanyForm):
    """Nothing is compulsory: what is not told is left out of the proposal."""

    departments = forms.MultipleChoiceField(
        label=_("À quoi l'IA sert-elle, ou va-t-elle servir ?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    used = forms.MultipleChoiceField(
        label=_("Qu'utilisez-vous déjà ?"),
        choices=USED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(kwargs.get("initial") or {})  # over what the company says
        offered = [(one.id, gettext(one.label)) for one in prompts().departments]
        self.fields["departments"].choices = offered  # type: ignore[attr-defined]
        self.fields["profession"].label = gettext("Métier")
        for name in ("name", "siren", "staff", "naf", "region", "representatives"):
            self.fields[name].help_text = ""
        self.fields["profession"].help_text = gettext("Il peut durcir la politique ; jamais l'ouvrir.")

    @property
    def answers(self) -> dict[str, Any]:
        """As they are kept."""
        return {name: self.cleaned_data[name] for name in self.fields}
