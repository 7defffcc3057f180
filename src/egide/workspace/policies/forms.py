"""The forms of the policy pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from egide.checks.settings import CheckSettings
from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import Action, Pictures, Role, Trust
from egide.policy.checking import SETTINGS
from egide.policy.editing import Target
from egide.policy.phrasing import upper
from egide.workspace.accounts.models import ROLES
from egide.workspace.policies.services import LONGEST, SHORTEST
from egide.workspace.policies.shown import PICTURE_WORDS, SPEECH_WORDS, TRUST_WORDS, WORDS
from egide.workspace.policies.trial import LONGEST as LONGEST_TRIAL
from egide.workspace.policies.versions import LONGEST as LONGEST_REASON
from egide.workspace.policies.versions import SHORTEST as SHORTEST_REASON
from egide.workspace.ui.widgets import QuickSelect

ACTIONS = [(action.value, word) for action, word in reversed(list(WORDS.items()))]
PICTURES = [(rule.value, gettext_lazy(word)) for rule, word in PICTURE_WORDS.items()]
SPEECH = [(rule.value, gettext_lazy(word)) for rule, word in SPEECH_WORDS.items()]
TRUSTS = [(trust.value, word) for trust, word in TRUST_WORDS.items()]
EVERYBODY = ("", _("Tous"))
HELP = {
    "unsent": _(
        "Retirer retient une ligne environ de la réponse et demande du calcul. Le nom d'un personnage "
        "public que personne n'a écrit est retiré aussi, sauf s'il est dans les exceptions."
    ),
    "answers": _("Tout relire double le calcul d'un échange."),
    "fields": _("Ce champ ne part en aucun cas."),
    "note": _("Certains modèles n'acceptent pas de message système."),
}


def targets() -> list[tuple[str, str]]:
    """What a rule may speak of: a whole class of data, or one kind."""
    whole = gettext("%(kind)s (tout)")
    return [
        *(
            (str(Target("class", name)), whole % {"kind": upper(gettext(french))})
            for name, french in DATA_CLASSES.items()
        ),
        *((str(Target("label", name)), upper(gettext(label.french))) for name, label in LABELS.items()),
    ]


class ValueForm(forms.Form):
    """One value or term."""

    value = forms.CharField(
        label=_("Mot ou expression"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RuleForm(forms.Form):
    """A rule of the company's own: what, for whom, and an action for each kind of service."""

    cible = forms.ChoiceField(label=_("Données visées"), choices=targets, widget=QuickSelect)
    usage = forms.ChoiceField(label=_("Pour l'usage"), required=False, widget=QuickSelect)
    role = forms.ChoiceField(label=_("Pour le rôle"), required=False, choices=[EVERYBODY, *ROLES])
    public = forms.ChoiceField(label=_("Vers un service grand public"), choices=ACTIONS)
    contract = forms.ChoiceField(label=_("Vers un service sous contrat"), choices=ACTIONS)
    european = forms.ChoiceField(label=_("Vers un service européen, sous contrat"), choices=ACTIONS)
    local = forms.ChoiceField(label=_("Vers un service local"), choices=ACTIONS)

    def __init__(self, usages: Mapping[str, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        _choices(self, "usage", [EVERYBODY, *usages.items()])

    @property
    def target(self) -> Target:
        """What the rule speaks of."""
        found = Target.parse(self.cleaned_data["cible"])
        assert found is not None  # noqa: S101 - the choices hold nothing else
        return found

    @property
    def actions(self) -> dict[Trust, Action]:
        """What happens, by trust."""
        return {trust: Action(self.cleaned_data[trust.value]) for trust in Trust}

    @property
    def usages(self) -> tuple[str, ...]:
        """The usage that it is limited to, if any."""
        return tuple(filter(None, [self.cleaned_data["usage"]]))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The role that it is limited to, if any."""
        return tuple(Role(role) for role in [self.cleaned_data["role"]] if role)


class CarriersForm(forms.Form):
    """What may leave of pictures, by kind of service, and of recordings."""

    public = forms.ChoiceField(label=_("Image jointe, vers un service grand public"), choices=PICTURES)
    contract = forms.ChoiceField(label=_("Image jointe, vers un service sous contrat"), choices=PICTURES)
    european = forms.ChoiceField(
        label=_("Image jointe, vers un service européen, sous contrat"), choices=PICTURES
    )
    local = forms.ChoiceField(label=_("Image jointe, vers un service local"), choices=PICTURES)
    speech = forms.ChoiceField(label=_("Enregistrement vocal à transcrire"), choices=SPEECH)

    @property
    def pictures(self) -> dict[Trust, Pictures]:
        """What may leave of a picture, by trust."""
        return {trust: Pictures(self.cleaned_data[trust.value]) for trust in Trust}


class CheckForm(forms.Form):
    """What is looked at around an exchange, and what happens then."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        for name, setting in SETTINGS.items():
            choices = [(value, upper(gettext(words))) for value, words in setting.choices.items()]
            self.fields[name] = forms.ChoiceField(
                label=gettext(setting.title), choices=choices, help_text=HELP.get(name, "")
            )

    @property
    def settings(self) -> CheckSettings:
        """As the policy keeps them."""
        return CheckSettings.model_validate(self.cleaned_data)


class TrialForm(forms.Form):
    """A text to try, and for whom."""

    texte = forms.CharField(
        label=_("Texte à essayer"),
        max_length=LONGEST_TRIAL,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off", "spellcheck": "false"}),
    )
    usage = forms.ChoiceField(label=_("Usage"), required=False, widget=QuickSelect)
    service = forms.ChoiceField(label=_("Service"), widget=QuickSelect)
    role = forms.ChoiceField(label=_("Rôle"), choices=ROLES)

    def __init__(
        self, usages: Mapping[str, str], services: Sequence[tuple[str, str]], *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        _choices(self, "usage", [("", _("Un autre usage")), *usages.items()])
        _choices(self, "service", [*TRUSTS, *services])


class PublishForm(forms.Form):
    """Why the policy changes; and why what is dangerous is needed."""

    reason = forms.CharField(
        label=_("Pourquoi ce changement ?"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Gardé avec la version, et lu par ceux qui la consulteront."),
    )
    openness = forms.CharField(
        label=_("Pourquoi laisser sortir ces données est nécessaire"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("En l'écrivant, vous confirmez cette ouverture. Sans cette raison, rien n'est publié."),
    )

    def __init__(self, dangerous: bool, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        if not dangerous:
            del self.fields["openness"]


class FileForm(forms.Form):
    """A policy file."""

    file = forms.FileField(
        label=_("Fichier YAML"),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,application/yaml,text/yaml"}),
    )


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
    field.choices = choices
