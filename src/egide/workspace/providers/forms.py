"""The form of a provider. The key's field is always empty: a key is written, never read."""

from __future__ import annotations

from typing import Any

from django import forms

from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.workspace.providers.address import checked
from egide.workspace.providers.models import TRUSTS, Provider

KEY_HELP = (
    "Elle est chiffrée à l'enregistrement et ne sera plus jamais affichée. Vide pour un service sans clé."
)
KEY_KEPT = "Une clé est enregistrée. Laissez vide pour la garder ; écrivez-en une autre pour la remplacer."


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    api_key = forms.CharField(
        label="Clé du fournisseur",
        required=False,
        max_length=500,
        help_text=KEY_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    trust = forms.ChoiceField(
        label="Niveau de confiance",
        choices=TRUSTS,
        widget=forms.RadioSelect,
        initial=Trust.PUBLIC.value,
        help_text="Plus le niveau est bas, plus la politique est stricte. Dans le doute : « Grand public ».",
    )
    names = forms.CharField(
        label="Modèles proposés",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Un par ligne. Le bouton « Tester » de la liste les trouve pour vous. "
        "Vide : tous ceux du service.",
    )

    class Meta:
        model = Provider
        fields = ("name", "kind", "base_url", "trust")
        help_texts = {
            "kind": "La plupart des services (Mistral, OVHcloud, Scaleway, Ollama…) parlent comme OpenAI.",
            "base_url": "Compatible OpenAI : avec « /v1 » à la fin, par exemple https://api.mistral.ai/v1. "
            "Compatible Anthropic : sans, par exemple https://api.anthropic.com.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].initial = "\n".join(self.instance.model_names)
        self.fields["base_url"].widget.attrs["spellcheck"] = "false"
        if self.instance.sealed_key:
            self.fields["api_key"].help_text = KEY_KEPT

    def clean_base_url(self) -> str:
        try:
            return checked(self.cleaned_data["base_url"])
        except WorkspaceError as refused:
            raise forms.ValidationError(refused.message) from None

    def clean_names(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["names"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))
