"""The forms of the draft, of a publication, of a signature and of the rule."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.charter import AT_SIGNATURE, Clause, charter
from egide.workspace.charter.content import GIVEN
from egide.workspace.charter.models import CharterDraft, SigningRule
from egide.workspace.charter.words import cleaned

LONGEST: Final = 1000
SHORT: Final = frozenset(
    {
        "entreprise",
        "referent_ia",
        "suppleant_ia",
        "referent_securite",
        "contact_rgpd",
        "direction",
        "passerelle",
        "outil_caviardage",
        "delai_reponse_outil",
        "frequence_test_degrade",
        "duree_journaux",
        "lien_prompts",
    }
)
HINTS: Final = {
    "contact_incident": _("Par exemple : « la gérante, 02 98 00 00 00, alerte@votre-entreprise.fr »."),
    "usages_encadres": _("Par exemple : « les devis, les courriers aux clients mécontents »."),
    "donnees_confidentielles_propres": _("Par exemple : « nos prix d'achat, nos recettes, nos projets »."),
    "relecteurs": _("Par exemple : « le responsable du dossier »."),
    "referent_securite": _("La personne à qui l'on parle d'un mot de passe perdu ou d'un message suspect."),
    "date_entree_vigueur": _(
        "Avec des sanctions, elle vient au moins un mois après le dépôt et la publicité : "
        "la page « Procédure » calcule la première date possible."
    ),
}
YES_NO: Final = (("oui", _("Oui : l'article y est")), ("non", _("Non : l'article est retiré")))


class LaterField(forms.CharField):
    """Marked as needed, but a draft is kept without it: publication asks for it."""

    def validate(self, value: Any) -> None:
        """Nothing is missing yet."""


class DraftForm(forms.Form):
    """All of the draft on one page. Nothing is required here: what is typed is kept, even unfinished."""

    use_required_attribute = False

    def __init__(self, draft: CharterDraft, proposed: dict[str, str], data: Any = None) -> None:
        # One value by name: a plain mapping, which may be changed.
        super().__init__({name: data[name] for name in data} if data else None)
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=draft.revision)
        self.proposed = proposed
        for one in charter().variables:
            if one.name not in AT_SIGNATURE | GIVEN:
                field = _text(one.name, one.label, one.required, one.name in proposed)
                field.initial = draft.values.get(one.name) or proposed.get(one.name, "")
                self.fields[f"var_{one.name}"] = field
        for clause in charter().articles:
            self._add(clause, draft)

    def _add(self, clause: Clause, draft: CharterDraft) -> None:
        if clause.question:
            variants = [(one.key, f"{one.text} ({gettext(one.label)})") for one in clause.variants]
            self.fields[f"answer_{clause.id}"] = forms.ChoiceField(
                label=gettext(clause.question),
                choices=[*variants, YES_NO[1]] if variants else YES_NO,
                required=False,
                widget=forms.RadioSelect,
                initial=draft.answers.get(clause.id, ""),
            )
        elif clause.status == "recommande":
            self.fields[f"keep_{clause.id}"] = forms.BooleanField(
                label=_("Garder cet article"), required=False, initial=clause.id not in draft.left_out
            )
            self.fields[f"reason_{clause.id}"] = forms.CharField(
                label=_("Pourquoi est-il retiré ?"),
                required=False,
                max_length=300,
                initial=draft.left_out.get(clause.id, ""),
                help_text=_("Seulement si vous retirez l'article. Gardé pour les pilotes, pas imprimé."),
            )

    def take_over(self, revision: int) -> None:
        """What was typed is to be kept over this revision, once it is saved again."""
        self.data = {**self.data, "revision": str(revision)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return {name: cleaned(said) if isinstance(said, str) else said for name, said in given.items()}

    @property
    def values(self) -> dict[str, str]:
        """What was typed and is not what is proposed anyway."""
        named = self._named("var_")
        return {name: said for name, said in named.items() if said and said != self.proposed.get(name)}

    @property
    def left_out(self) -> dict[str, str]:
        """Clauses that are not kept, with the reason."""
        kept = self._named("keep_")
        return {name: self.cleaned_data[f"reason_{name}"] for name, keep in kept.items() if not keep}

    @property
    def answers(self) -> dict[str, str]:
        """What is said of the company's case."""
        return {name: said for name, said in self._named("answer_").items() if said}

    def _named(self, before: str) -> dict[str, Any]:
        given = self.cleaned_data.items()
        return {name.removeprefix(before): said for name, said in given if name.startswith(before)}


class PublicationForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    summary = forms.CharField(
        label=_("Ce qui change, en une phrase"),
        required=False,
        max_length=500,
        help_text=_("Montré à chacun quand il est invité à signer."),
    )


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = SigningRule
        fields = ("required", "grace_days")
        help_texts = {
            "required": _(
                "Passé le délai, l'Assistant conduit à la charte, et les clés de la personne sont "
                "refusées, tant qu'elle ne l'a pas signée."
            ),
            "grace_days": _(
                "Comptés depuis la publication, l'entrée en vigueur, ce réglage ou l'arrivée de la "
                "personne : le plus tardif des quatre. Une nouvelle version n'en donne pas un second à qui "
                "est en retard, et celle en vigueur vaut jusqu'à ce que la nouvelle entre en vigueur."
            ),
        }


def _text(name: str, label: str, required: bool, proposed: bool) -> LaterField:
    note = HINTS.get(
        name, "" if required or proposed else _("Laissé vide, ce qui en parle est retiré du texte.")
    )
    if name == "date_entree_vigueur":
        widget: forms.Widget = forms.DateInput(attrs={"type": "date"})
    elif name in SHORT:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
    else:
        widget = forms.Textarea(attrs={"rows": 2})
    label = gettext(label.split(" (")[0])
    return LaterField(label=label, max_length=LONGEST, required=required, widget=widget, help_text=note)
