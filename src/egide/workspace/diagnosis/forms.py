"""The form that asks somebody for their opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.autodiagnostic import Questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.accounts.services import names
from egide.workspace.ui.widgets import QuickSelect


class InvitationForm(forms.Form):
    """Whom to ask, about which axes."""

    person = forms.ChoiceField(label=_("Qui ?"), widget=QuickSelect)
    axes = forms.MultipleChoiceField(label=_("Sur quels thèmes ?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, questionnaire: Questionnaire, data: Any = None) -> None:
        super().__init__(data)
        person, axes = self.fields["person"], self.fields["axes"]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101 - as declared above
        assert isinstance(axes, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        person.choices = [("", gettext("Choisir…")), *names(active=True).items()]
        axes.choices = [(one.id, one.name) for one in questionnaire.axes]

    def clean_person(self) -> User:
        return User.objects.get(public_id=self.cleaned_data["person"])
