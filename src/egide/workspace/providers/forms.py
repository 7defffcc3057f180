"""The form of a provider. Fields of secrets are always empty: a secret is written, never read."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.reference.providers import Preset
from egide.workspace.providers.address import checked, checked_proxy, checked_trust
from egide.workspace.providers.certificates import checked_authority
from egide.workspace.providers.models import TRUSTS, Provider

KEY_HELP = _(
    "Elle est chiffrée à l'enregistrement et ne sera plus jamais affichée. Vide pour un service sans clé."
)
KEY_KEPT = _("Une clé est enregistrée. Laissez vide pour la garder ; écrivez-en une autre pour la remplacer.")
LOGIN_HELP = _("De la forme « nom:mot de passe ». Chiffré à l'enregistrement, jamais affiché.")
LOGIN_KEPT = _("Un identifiant est enregistré. Laissez vide pour le garder.")
# Where a kept secret goes: it is written again when one of them changes.
WAY = ("base_url", "kind", "proxy", "authority")
NETWORK = (
    "auth", "deployments", "api_version", "connect_seconds", "read_seconds", "proxy", "proxy_login",
    "authority",
)  # fmt: skip
_VERSION = re.compile(r"[A-Za-z0-9.-]{0,30}")


def _seconds(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=3600, help_text=help_text)


def _secret(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=500,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    api_key = _secret(_("Clé du fournisseur"), KEY_HELP)
    proxy_login = _secret(_("Identifiant du proxy"), LOGIN_HELP)
    trust = forms.ChoiceField(
        label=_("Niveau de confiance"),
        choices=TRUSTS,
        widget=forms.RadioSelect,
        initial=Trust.PUBLIC.value,
        help_text=_(
            "Plus le niveau est bas, plus la politique est stricte. Dans le doute : « Grand public »."
        ),
    )
    names = forms.CharField(
        label=_("Modèles proposés"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "Un par ligne. Le bouton « Tester » de la liste les trouve pour vous. "
            "Vide : tous ceux du service."
        ),
    )
    connect_seconds = _seconds(_("Délai de connexion, en secondes"), _("Vide : celui de l'installation."))
    read_seconds = _seconds(
        _("Silence toléré, en secondes"),
        _("L'attente du début, ou de la suite, d'une réponse. Un modèle local peut être lent."),
    )

    class Meta:
        model = Provider
        fields = (
            "name", "kind", "base_url", "trust", "auth", "deployments", "api_version", "connect_seconds",
            "read_seconds", "proxy", "authority",
        )  # fmt: skip
        help_texts = {
            "kind": _("La plupart des services (Mistral, OVHcloud, Scaleway, Ollama…) parlent comme OpenAI."),
            "base_url": _(
                "Compatible OpenAI : avec « /v1 » à la fin, par exemple https://api.mistral.ai/v1. "
                "Compatible Anthropic : sans, par exemple https://api.anthropic.com."
            ),
            "deployments": _("Égide écrit l'adresse « …/openai/deployments/MODÈLE/… »."),
            "api_version": _("Ajoutée à l'adresse (« ?api-version=… »), pour Azure."),
            "proxy": _(
                "L'adresse du proxy de votre réseau, par exemple http://proxy.entreprise.lan:3128. "
                "Égide n'en prend jamais un autre."
            ),
            "authority": _(
                "Le certificat (PEM) de l'autorité privée de votre réseau. "
                "Pour ce service, Égide ne croit alors plus aucune autre autorité."
            ),
        }
        widgets = {"authority": forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})}

    def __init__(self, *args: Any, preset: Preset | None = None, **kwargs: Any) -> None:
        if preset is not None:
            kwargs["initial"] = _filled(preset)
        super().__init__(*args, **kwargs)
        self.fields["names"].initial = "\n".join(self.instance.model_names)
        for name in ("base_url", "proxy", "api_version"):
            self.fields[name].widget.attrs["spellcheck"] = "false"
        if preset is not None and preset.example:
            self.fields["base_url"].help_text = gettext("De la forme %(example)s") % {
                "example": preset.example
            }
        if preset is not None and preset.key_place:
            where = gettext("Où la trouver : %(place)s") % {"place": preset.key_place}
            self.fields["api_key"].help_text = f"{where} {KEY_HELP}"
        if preset is not None:
            self.fields["api_key"].required = preset.key == "required"
        if self.instance.sealed_key:
            self.fields["api_key"].help_text = KEY_KEPT
        if self.instance.sealed_proxy_login:
            self.fields["proxy_login"].help_text = LOGIN_KEPT

    @property
    def main_fields(self) -> list[BoundField]:
        """What everybody fills in."""
        return [bound for bound in self if bound.name not in NETWORK]

    @property
    def network_fields(self) -> list[BoundField]:
        """What few need."""
        return [bound for bound in self if bound.name in NETWORK]

    @property
    def network_open(self) -> bool:
        """Whether something is written there, or is wrong there."""
        return any(bound.value() or bound.errors for bound in self.network_fields)

    def clean_base_url(self) -> str:
        return _checked(checked, self.cleaned_data["base_url"])

    def clean_trust(self) -> str:
        return _checked(checked_trust, self.cleaned_data["trust"], self.cleaned_data.get("base_url", ""))

    def clean_proxy(self) -> str:
        return _checked(checked_proxy, self.cleaned_data["proxy"], self.cleaned_data.get("base_url", ""))

    def clean_authority(self) -> str:
        return _checked(checked_authority, self.cleaned_data["authority"])

    def clean_proxy_login(self) -> str:
        login = str(self.cleaned_data["proxy_login"])
        if login and not login.partition(":")[2]:
            raise forms.ValidationError(gettext("Écrivez-le sous la forme « nom:mot de passe »."))
        return login

    def clean_api_version(self) -> str:
        version = str(self.cleaned_data["api_version"])
        if not _VERSION.fullmatch(version):
            raise forms.ValidationError(gettext("Une version a la forme 2024-10-21 ou 2025-01-01-preview."))
        return version

    def clean_names(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["names"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def sent_elsewhere(self) -> bool:
        """Whether a kept key would go to another address, or another way."""
        return any(self.initial.get(name, "") != self.cleaned_data[name] for name in WAY)


def _checked(check: Any, *values: str) -> str:
    try:
        return str(check(*values))
    except WorkspaceError as refused:
        raise forms.ValidationError(refused.message) from None


def _filled(preset: Preset) -> dict[str, object]:
    return {
        "name": preset.name,
        "kind": preset.kind,
        "base_url": preset.base_url,
        "trust": preset.trust,
        "auth": preset.auth,
        "deployments": preset.addressing == "deployments",
        "api_version": preset.api_version,
    }
