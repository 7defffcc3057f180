"""The form of an action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.accounts.models import User
from egide.workspace.accounts.services import names
from egide.workspace.actions.models import Action, State
from egide.workspace.ui.widgets import QuickSelect


class ActionForm(forms.Form):
    """How far it is and until when; and, for who may give it to somebody, to whom."""

    state = forms.ChoiceField(label=_("Où en est-elle ?"), choices=State.choices)
    due = forms.DateField(
        label=_("À faire avant le"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    owner = forms.ChoiceField(label=_("Qui s'en charge ?"), widget=QuickSelect)

    def __init__(self, action: Action, data: Any, *, may_give: bool) -> None:
        owner = action.owner.public_id if action.owner else ""
        super().__init__(data, initial={"state": action.state, "due": action.due, "owner": owner})
        if not may_give:
            del self.fields["owner"]
            return
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", gettext("Choisir…")), *names(active=True).items()]

    def save(self, action: Action) -> None:
        """Change the action."""
        action.state, action.due = self.cleaned_data["state"], self.cleaned_data["due"]
        if "owner" in self.cleaned_data:
            action.owner = User.objects.get(public_id=self.cleaned_data["owner"])
