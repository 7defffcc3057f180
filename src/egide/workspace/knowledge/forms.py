"""The forms: a list to import, what its columns hold, a document to declare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.knowledge.columns import Layout, Role
from egide.workspace.knowledge.models import KINDS
from egide.workspace.knowledge.readers import endings

ROLES = [
    (Role.IGNORED.value, _("Ne pas lire")),
    (Role.NAME.value, _("Nom à reconnaître")),
    (Role.GIVEN.value, _("Prénom")),
    (Role.SURNAME.value, _("Nom de famille")),
]
_FILE_ATTRS = {"autocomplete": "off"}


def _file(label: Any, *, tables: bool) -> forms.FileField:
    accepted = endings(tables=tables)
    return forms.FileField(
        label=label,
        allow_empty_file=True,  # told as an empty list, not as a missing file
        widget=forms.FileInput(attrs={"accept": ",".join(accepted)}),
        help_text=format_lazy(_("Formats lus : {accepted} ; 20 Mo au plus."), accepted=", ".join(accepted)),
    )


class ListForm(forms.Form):
    """A list and what it holds."""

    name = forms.CharField(
        label=_("Nom de la liste"),
        max_length=80,
        help_text=_("Il sera montré à vos collègues quand un nom de la liste est masqué : « Clients 2026 »."),
        widget=forms.TextInput(attrs=_FILE_ATTRS),
    )
    kind = forms.ChoiceField(label=_("Ce que contient la liste"), choices=KINDS)
    file = _file(_("Fichier"), tables=True)


class DocumentForm(forms.Form):
    """A confidential document."""

    name = forms.CharField(
        label=_("Nom du document"),
        max_length=80,
        help_text=_("Il sera montré à vos collègues quand un extrait est reconnu : « Offre de reprise »."),
        widget=forms.TextInput(attrs=_FILE_ATTRS),
    )
    file = _file(_("Fichier"), tables=False)


class ColumnsForm(forms.Form):
    """One choice per column, called ``column_0``, ``column_1``…"""

    header = forms.BooleanField(label=_("La première ligne contient les titres des colonnes"), required=False)

    def __init__(self, data: Any, guessed: Layout, titles: Sequence[str]) -> None:
        super().__init__(data, initial={"header": guessed.header})
        self._width = len(guessed.roles)
        for column, role in enumerate(guessed.roles):
            title = titles[column] if column < len(titles) else ""
            named = f" ({title})" if guessed.header and title else ""
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=gettext("Colonne %(number)s") % {"number": column + 1} + named,
                choices=ROLES,
                initial=role.value,
                required=False,
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The choices, in the order of the columns."""
        return [self[f"column_{column}"] for column in range(self._width)]

    @property
    def layout(self) -> Layout:
        """What the pilot told."""
        roles = tuple(Role(self.cleaned_data[f"column_{column}"]) for column in range(self._width))
        return Layout(self.cleaned_data["header"], roles)
