"""The form of the assessment of article 27: its parts are those of the reference file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egide.reference.ai_act import ai_act
from egide.workspace.ai_act.models import Fria
from egide.workspace.usages.models import Usage

LONGEST = 4000


class FriaForm(forms.Form):
    """Every part may wait: what is not said is shown as such."""

    def __init__(self, data: Any = None, *, fria: Fria | None, usage: Usage) -> None:
        super().__init__(data)
        held = fria.parts if fria else {"processes": usage.description, "oversight": usage.control}
        for part in ai_act().fria:
            self.fields[part.id] = forms.CharField(
                label=part.question,
                help_text=part.help,
                initial=held.get(part.id, ""),
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
            )
        self.fields["notified_on"] = forms.DateField(
            label=_("Notifiée à l'autorité le"),
            help_text=_("Laissez vide tant que ce n'est pas fait."),
            initial=fria.notified_on if fria else None,
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )

    @property
    def parts(self) -> dict[str, str]:
        """What was said, by part."""
        return {part.id: self.cleaned_data[part.id].strip() for part in ai_act().fria}
