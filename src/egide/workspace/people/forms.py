"""The forms of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.workspace.accounts.models import ROLES, User
from egide.workspace.people.rights import roles_given_by

MEANINGS = {
    "collaborator": _("Collaborateur : utilise l'Assistant"),
    "pilot": _("Pilote : règle les fournisseurs, la politique, les accès, et lit le journal"),
    "admin": _("Administrateur : nomme aussi les pilotes"),
}


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), widget=forms.RadioSelect, initial="collaborator")

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = roles_given_by(actor)
        choices = [(role, MEANINGS[role]) for role, _label in ROLES if role in given]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    email = forms.EmailField(
        label=_("Adresse électronique"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Nom"), max_length=120, required=False)
    department = forms.CharField(
        label=pgettext_lazy("of a company", "Service"),
        max_length=80,
        required=False,
        help_text=_("Par exemple : « Accueil », « Atelier »."),
    )
    field_order = ("email", "name", "department", "role")


class FileForm(forms.Form):
    """A table of people to import."""

    file = forms.FileField(
        label=_("Tableau des personnes"),
        allow_empty_file=True,  # told as a table without titles, not as a missing file
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("Un fichier CSV : dans Excel, « Enregistrer sous », puis « CSV »."),
    )
