"""The forms of the policy page."""

from __future__ import annotations

from django import forms

from egide.workspace.policies.services import LONGEST, SHORTEST


class ValueForm(forms.Form):
    """One value or term."""

    value = forms.CharField(
        label="Mot ou expression",
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
