"""The form that lets a model be replaced by another one, elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egide.workspace.providers.models import Provider
from egide.workspace.ui.widgets import QuickSelect


class ReplacementForm(forms.Form):
    """``chosen`` gives the two models, each as its provider and its name."""

    asked = forms.ChoiceField(label=_("Quand ce modèle ne répond pas"), widget=QuickSelect)
    other = forms.ChoiceField(label=_("demander à celui-ci"), widget=QuickSelect)
    less_trusted = forms.BooleanField(
        label=_("J'accepte que le second service soit moins digne de confiance que le premier"),
        required=False,
        help_text=_("La politique du second s'applique toujours : ce qu'elle bloque ne lui est pas envoyé."),
    )

    def __init__(self, providers: Sequence[Provider], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._providers = {provider.slug: provider for provider in providers}
        choices = [
            (f"{provider.slug}/{model}", f"{provider.name} : {model} ({provider.get_trust_display()})")
            for provider in providers
            for model in provider.model_names
        ]
        for name in ("asked", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Provider, str, Provider, str]:
        """The provider and model asked, and those that replace them."""
        asked, _, model = str(self.cleaned_data["asked"]).partition("/")
        other, _, to_model = str(self.cleaned_data["other"]).partition("/")
        return self._providers[asked], model, self._providers[other], to_model
