"""The form of the mail server, and that of a person's reminders. A password is written, never read."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.http.request import validate_host
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.mail import relay
from egide.workspace.mail.models import Frequency, Relay, Security
from egide.workspace.providers.certificates import checked_authority

_HOST: Final = re.compile(r"[\w.-]{1,253}|[0-9A-Fa-f:]{2,45}")
_KEPT: Final = _(
    "Un mot de passe est enregistré. Laissez vide pour le garder ; écrivez-en un autre pour le remplacer."
)
_FEW: Final = ("authority",)


class RelayForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(
        label=_("Sécurité"),
        choices=Security.choices,
        widget=forms.RadioSelect,
        initial=Security.STARTTLS.value,
    )
    in_clear = forms.BooleanField(
        label=_("J'accepte que tout passe en clair sur le réseau, mot de passe compris"),
        required=False,
        help_text=_("Demandé seulement pour « Aucune » vers une autre machine que celle-ci."),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        required=False,
        max_length=500,
        help_text=_("Il est chiffré à l'enregistrement et ne sera plus jamais affiché."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    public_address = forms.URLField(
        label=_("Adresse d'Égide, pour les liens"),
        assume_scheme="https",
        help_text=_("Celle que vos collègues tapent, par exemple https://egide.entreprise.fr."),
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    field_order = (
        "host", "port", "security", "in_clear", "account", "password", "sender_name", "sender_address",
        "public_address", "reminders", "authority",
    )  # fmt: skip

    class Meta:
        model = Relay
        fields = (
            "host", "port", "security", "in_clear", "account", "authority", "sender_name", "sender_address",
            "public_address", "reminders",
        )  # fmt: skip
        labels = {
            "host": _("Serveur d'envoi (SMTP)"),
            "account": _("Compte"),
            "sender_name": _("Nom de l'expéditeur"),
            "sender_address": _("Adresse de l'expéditeur"),
            "reminders": _("Envoyer les rappels, les jours ouvrés"),
            "authority": _("Autorité privée de votre réseau"),
        }
        help_texts = {
            "host": _("Son nom exact, par exemple « smtp.entreprise.fr »."),
            "account": _("Vide si ce serveur n'en demande pas."),
            "reminders": _(
                "Chacun choisit s'il les reçoit et à quel rythme. Sans rappels, seuls partent les "
                "liens d'accès que vous demandez."
            ),
            "authority": _(
                "Son certificat (PEM), si votre serveur n'a pas un certificat public. Égide "
                "ne croit alors plus aucune autre autorité."
            ),
        }
        widgets = {
            "host": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "account": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "authority": forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before, self._had = relay.way(self.instance), bool(self.instance.sealed_password)
        if not self.instance.public_address:
            self.initial["public_address"] = configuration.current().base_url
        if self._had:
            self.fields["password"].help_text = _KEPT

    @property
    def main_fields(self) -> list[BoundField]:
        """What everybody fills in."""
        return [bound for bound in self if bound.name not in _FEW]

    @property
    def few_fields(self) -> list[BoundField]:
        """What few need."""
        return [bound for bound in self if bound.name in _FEW]

    @property
    def few_open(self) -> bool:
        """Whether something is written there, or is wrong there."""
        return any(bound.value() or bound.errors for bound in self.few_fields)

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].strip().strip("[]")
        if not _HOST.fullmatch(host):
            raise forms.ValidationError(gettext("Écrivez un nom de serveur seul, sans « https:// » ni port."))
        return host

    def clean_sender_name(self) -> str:
        name: str = self.cleaned_data["sender_name"]
        if not name.isprintable():
            raise forms.ValidationError(gettext("Ce nom contient un caractère qui ne se voit pas."))
        return name

    def clean_public_address(self) -> str:
        address: str = self.cleaned_data["public_address"].rstrip("/")
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or parts.query or parts.fragment or parts.path:
            raise forms.ValidationError(
                gettext("Écrivez l'adresse du site seule, par exemple https://egide.entreprise.fr.")
            )
        if parts.username or not validate_host((parts.hostname or "").lower(), settings.ALLOWED_HOSTS):
            raise forms.ValidationError(
                gettext(
                    "Égide ne répond pas à ce nom : un lien n'ouvrirait rien. "
                    "Réglez d'abord EGIDE_PUBLIC_URL."
                )
            )
        return address

    def clean_authority(self) -> str:
        try:
            return checked_authority(self.cleaned_data["authority"])
        except WorkspaceError as refused:
            raise forms.ValidationError(refused.message) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        host, security = given.get("host", ""), given.get("security")
        if (
            security == Security.NONE
            and host
            and not relay.may_be_in_clear(host, given.get("in_clear", False))
        ):
            self.add_error(
                "in_clear",
                gettext("Cochez cette case si vous le voulez vraiment, ou choisissez STARTTLS ou TLS."),
            )
        if given.get("password") and not given.get("account"):
            self.add_error("account", gettext("Écrivez le compte de ce mot de passe."))
        wanted = tuple(given.get(name) for name in ("host", "port", "security", "account", "authority"))
        if self._had and given.get("account") and not given.get("password") and wanted != self._before:
            self.add_error(
                "password",
                gettext("Le serveur ou le compte a changé : écrivez de nouveau le mot de passe."),
            )
        return given

    def password_to_keep(self, kept: str | None) -> str | None:
        """The new password, or the one that was kept; none without an account."""
        if not self.cleaned_data["account"]:
            return None
        return self.cleaned_data["password"] or kept


class PreferenceForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("Quand voulez-vous être prévenu ?"), choices=Frequency.choices, widget=forms.RadioSelect
    )
