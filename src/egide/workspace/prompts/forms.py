"""The blanks of a prompt as a form."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from egide.reference.prompts import prompts
from egide.workspace.prompts.content import Content

LONGEST_VALUE: Final = 100_000


class ValuesForm(forms.Form):
    """One field for each variable; what is left empty is marked in the text as missing."""

    def __init__(self, content: Content, data: Any = None) -> None:
        super().__init__(data, prefix="v")
        known = {one.id: one for one in prompts().variables}
        for name in content.variables:
            variable = known.get(name)
            long = variable is None or variable.long
            label = variable.label if variable else name.replace("_", " ").capitalize()
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_VALUE,
                widget=forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput,
            )

    def values(self) -> dict[str, str]:
        """What was written, by variable."""
        return {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}
