"""The form of the settings. The client secret is written, never read."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.detection.view import fold
from egide.errors import EgideError, WorkspaceError
from egide.policy import Role
from egide.workspace.people.columns import ROLES
from egide.workspace.providers.certificates import checked_authority
from egide.workspace.sso import services
from egide.workspace.sso.addresses import checked_issuer
from egide.workspace.sso.models import SingleSignOn

HELP: Final = _(
    "Donné par votre service d'identité. Chiffré à l'enregistrement, il ne sera plus jamais affiché."
)
KEPT: Final = _(
    "Un secret est enregistré. Laissez vide pour le garder ; écrivez-en un autre pour le remplacer."
)
LOST: Final = _("Le secret enregistré ne peut plus être lu : écrivez-le de nouveau.")
# Where a kept secret goes: it is written again when one of them changes.
WAY: Final = ("issuer", "client_id", "authority")
MOST: Final = 50
_DOMAIN: Final = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
# As they are written here; they are read in both languages.
_WORDS: Final = {
    Role.COLLABORATOR: _("collaborateur"),
    Role.PILOT: _("pilote"),
    Role.ADMIN: _("administrateur"),
}
# Anybody opens an address there: creating people from them would open Égide to everybody.
PUBLIC: Final = frozenset(
    """
    aol.com bbox.fr free.fr gmail.com googlemail.com gmx.fr hotmail.com hotmail.fr icloud.com laposte.net
    live.com live.fr me.com msn.com neuf.fr orange.fr outlook.com outlook.fr proton.me protonmail.com sfr.fr
    wanadoo.fr yahoo.com yahoo.fr
    """.split()  # noqa: SIM905 - a list of words
)


def _lines(**told: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    return forms.CharField(required=False, max_length=10_000, widget=widget, **told)


class SettingForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    secret = forms.CharField(
        label=_("Secret du client"),
        required=False,
        max_length=500,
        help_text=HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    domain_lines = _lines(
        label=_("Domaines de courriel acceptés"),
        help_text=_(
            "Un par ligne, par exemple « entreprise.fr ». Il en faut un pour ouvrir : une adresse d'un autre "
            "domaine n'entre pas."
        ),
    )
    role_lines = _lines(
        label=_("Rôle que donne chaque groupe"),
        help_text=_(
            "Une ligne par groupe : « nom du groupe = pilote ». Rôles : collaborateur, pilote, "
            "administrateur. Un rôle écrit ici suit le groupe à chaque connexion ; un rôle absent d'ici "
            "reste donné à la main."
        ),
    )
    admins_agreed = forms.BooleanField(
        label=_("J'ai vérifié qui est dans le groupe qui donne le rôle d'administrateur"),
        required=False,
    )

    class Meta:
        model = SingleSignOn
        fields = (
            "label", "issuer", "client_id", "authority", "creates_people", "groups_claim", "is_on",
            "passwords_closed",
        )  # fmt: skip
        help_texts = {
            "label": _("Par exemple « Microsoft » : le bouton dira « Se connecter avec Microsoft »."),
            "issuer": _("Elle commence par https://. C'est le nom du service, à la lettre près."),
            "client_id": _("Donné par votre service d'identité quand vous y déclarez Égide."),
            "authority": _(
                "Seulement si son certificat vient de votre propre autorité : collez-la (PEM). "
                "Égide ne croit alors plus aucune autre autorité pour ce service."
            ),
            "creates_people": _(
                "Décoché : seules les personnes déjà dans la page Personnes entrent. Coché : "
                "qui a chez le service une adresse vérifiée d'un domaine accepté devient collaborateur."
            ),
            "groups_claim": _(
                "Le nom de la « revendication » (claim) des groupes, souvent « groups ». "
                "Vide : les rôles restent donnés dans Égide."
            ),
            "is_on": _("Le service est interrogé à l'enregistrement ; s'il répond mal, rien n'est ouvert."),
            "passwords_closed": _(
                "Les administrateurs gardent leur mot de passe, pour le jour où le service "
                "tombe ; sur le serveur, « egide sso open-passwords » rouvre tout."
            ),
        }
        widgets = {"authority": forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = self.instance
        self._before = tuple(getattr(one, name) for name in WAY)
        self._kept, secret_help = _kept_secret(one)
        self.fields["domain_lines"].initial = "\n".join(one.domains)
        self.fields["role_lines"].initial = "\n".join(
            f"{group} = {_WORDS[Role(role)]}" for group, role in one.roles.items()
        )
        self.fields["admins_agreed"].initial = Role.ADMIN.value in one.roles.values()
        self.fields["secret"].help_text = secret_help
        self.fields["label"].required = self.fields["issuer"].required = True
        self.fields["client_id"].required = True

    def clean_issuer(self) -> str:
        return _said(checked_issuer, self.cleaned_data["issuer"])

    def clean_authority(self) -> str:
        return _said(checked_authority, self.cleaned_data["authority"])

    def clean_domain_lines(self) -> list[str]:
        written = self.cleaned_data["domain_lines"].lower().replace(",", "\n").split("\n")
        domains = list(dict.fromkeys(one.strip().removeprefix("@") for one in written if one.strip()))
        wrong = [one for one in domains if not _DOMAIN.fullmatch(one)]
        if wrong or len(domains) > MOST:
            told = gettext("Un domaine par ligne, comme « entreprise.fr », %(most)s au plus.")
            raise forms.ValidationError(told % {"most": MOST})
        return domains

    def clean_role_lines(self) -> dict[str, str]:
        roles: dict[str, str] = {}
        for line in self.cleaned_data["role_lines"].split("\n"):
            if not line.strip():
                continue
            group, equal, role = (part.strip() for part in line.rpartition("="))
            if not (group and equal and fold(role) in ROLES) or len(roles) >= MOST or group in roles:
                raise forms.ValidationError(
                    gettext(
                        "Une ligne par groupe, comme « Direction = pilote », chaque groupe une seule fois."
                    )
                )
            roles[group] = ROLES[fold(role)].value
        return roles

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        roles, domains = given.get("role_lines", {}), given.get("domain_lines", [])
        if roles and not given.get("groups_claim"):
            self.add_error(
                "groups_claim", gettext("Écrivez où le service donne les groupes, ou effacez les rôles.")
            )
        if Role.ADMIN.value in roles.values() and not given.get("admins_agreed"):
            self.add_error(
                "admins_agreed", gettext("Cochez cette case : ce groupe nomme des administrateurs d'Égide.")
            )
        if given.get("creates_people") and PUBLIC.intersection(domains):
            self.add_error(
                "creates_people",
                gettext("Un des domaines est ouvert au public : n'importe qui pourrait entrer."),
            )
        if self._kept and not given.get("secret") and self._before != tuple(given.get(name) for name in WAY):
            self.add_error(
                "secret",
                gettext("L'adresse, l'identifiant ou l'autorité a changé : écrivez de nouveau le secret."),
            )
        return given

    def kept(self) -> SingleSignOn:
        """What was written, the secret sealed, not saved yet."""
        one: SingleSignOn = self.save(commit=False)
        one.domains, one.roles = self.cleaned_data["domain_lines"], self.cleaned_data["role_lines"]
        services.set_secret(one, self.cleaned_data["secret"] or self._kept)
        return one


def _kept_secret(one: SingleSignOn) -> tuple[str, str]:
    """The secret that is saved, and what the form says of it."""
    try:
        secret = services.secret_of(one)
    except EgideError:
        return "", str(LOST)
    return secret, str(KEPT if secret else HELP)


def _said(check: Any, text: str) -> str:
    try:
        return str(check(text))
    except WorkspaceError as refused:
        raise forms.ValidationError(refused.message) from None
