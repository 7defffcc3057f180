"""The form of a usage."""

from __future__ import annotations

from django import forms

from egide.workspace.usages.models import Usage


class UsageForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Usage
        fields = ("name", "description", "active")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": "Par exemple : « Réponses aux clients », « Comptes rendus de réunion ».",
            "active": "Une fois décoché, cet usage n'est plus proposé et ses clés ne marchent plus.",
        }
