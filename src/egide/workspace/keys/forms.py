"""The form of a new key."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from egide.workspace.accounts.models import User
from egide.workspace.ui.widgets import QuickSelect
from egide.workspace.usages.models import Usage


class KeyForm(forms.Form):
    person = forms.ModelChoiceField(
        label=_("Pour qui ?"),
        queryset=User.objects.filter(is_active=True).only("public_id", "name", "email"),
        to_field_name="public_id",
        empty_label=None,
        widget=QuickSelect,
        help_text=_("Les échanges faits avec cette clé seront au nom de cette personne dans le journal."),
    )
    usage = forms.ModelChoiceField(
        label=_("Pour quel usage ?"),
        queryset=Usage.objects.filter(active=True),
        to_field_name="slug",
        empty_label=None,
    )
    name = forms.CharField(
        label=_("Nom de l'outil"),
        required=False,
        max_length=80,
        help_text=_("Pour la reconnaître : « script des relances », « extension de Julie »…"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        people, usages = self.fields["person"], self.fields["usage"]
        people.label_from_instance = lambda user: user.shown  # type: ignore[attr-defined]
        usages.label_from_instance = lambda usage: usage.name  # type: ignore[attr-defined]
