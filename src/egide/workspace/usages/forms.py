"""The forms of usages: a declaration, a pilot's decision, and what is told without a name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Undeclared, Usage
from egide.workspace.usages.words import CONCERNED, DATA, NOBODY, NOTHING

YEAR: Final = timedelta(days=365)
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Several(forms.MultipleChoiceField):
    """Boxes to tick; ``alone`` is the one that says that there is none, and excludes the others."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, alone: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._alone = alone

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if self._alone in chosen and len(chosen) > 1:
            words = dict(self.choices)  # type: ignore[arg-type]
            said = gettext("« %(answer)s » ne va pas avec une autre réponse.")
            raise forms.ValidationError(said % {"answer": words[self._alone]})
        return chosen


class DeclarationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a person says of a usage, in the order in which they think of it."""

    required: tuple[str, ...] = ("description", "data", "concerned", "control", "fallback")

    providers = Several(label=_("Avec quel service d'IA ?"), required=False)
    # Django takes the fields out of the class: ``data`` of a form stays what was sent.
    data = Several(  # type: ignore[assignment]
        label=_("Quelles données y passent ?"),
        choices=list(DATA.items()),
        alone=NOTHING,
        required=False,
        help_text=_("Cochez tout ce qui peut s'y trouver, même masqué par Égide avant l'envoi."),
    )
    concerned = Several(
        label=_("De qui parle-t-on ?"), choices=list(CONCERNED.items()), alone=NOBODY, required=False
    )

    class Meta:
        model = Usage
        fields = (
            "name", "description", "providers", "tool", "data", "concerned", "department", "control",
            "fallback",
        )  # fmt: skip
        labels = {
            "name": _("Comment l'appeler ?"),
            "description": _("À quoi cela sert-il ?"),
            "tool": _("Un autre outil, ou le modèle précis"),
            "department": _("Qui s'en sert ?"),
            "control": _("Qui vérifie la réponse, et comment ?"),
            "fallback": _("Que fait-on si l'IA est en panne ?"),
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            name: forms.Textarea(attrs={"rows": 2}) for name in ("description", "control", "fallback")
        }
        help_texts = {
            "name": _("Par exemple : « Réponses aux clients », « Comptes rendus de réunion »."),
            "tool": _("S'il n'est pas dans la liste : son nom."),
            "department": _("Le service ou le métier : « Accueil », « Compta ». Pas de nom de personne."),
            "control": _("Par exemple : « Celui qui envoie relit chaque chiffre sur le devis »."),
            "fallback": _("Par exemple : « On reprend le modèle de lettre du classeur »."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = dict(Provider.objects.filter(active=True).values_list("slug", "name"))
        kept = {slug: slug for slug in self.instance.providers if slug not in offered}
        self.fields["providers"].choices = list((offered | kept).items())  # type: ignore[attr-defined]
        if not offered | kept:
            del self.fields["providers"]
        for name in self.required:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = self.cleaned_data
        if self.required and not (told.get("providers") or told.get("tool")):
            self.add_error("tool", gettext("Dites avec quel outil : un service de la liste, ou son nom ici."))
        return told


class PilotForm(DeclarationForm):
    """The same for a pilot, who may complete the inventory little by little: only the name is asked."""

    required = ()

    class Meta(DeclarationForm.Meta):
        fields = (*DeclarationForm.Meta.fields, "review_on", "active")  # type: ignore[assignment]
        widgets: ClassVar[dict[str, forms.Widget]] = {**DeclarationForm.Meta.widgets, "review_on": DAY}
        help_texts = {
            **DeclarationForm.Meta.help_texts,
            "active": _("Une fois décoché, cet usage n'est plus proposé et ses clés ne marchent plus."),
        }


class ValidationForm(forms.Form):
    """A pilot's yes."""

    review_on = forms.DateField(
        label=_("À revoir le"),
        widget=DAY,
        help_text=_("Ce jour-là, il sera marqué « à revoir » dans l'inventaire."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = timezone.localdate() + YEAR

    def clean_review_on(self) -> date:
        told: date = self.cleaned_data["review_on"]
        if told <= timezone.localdate():
            raise forms.ValidationError(gettext("Choisissez un jour à venir."))
        return told


class ReturnForm(forms.Form):
    """A pilot's not yet."""

    reason = forms.CharField(
        label=_("Ce qui manque"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("La personne le lira et pourra compléter sa déclaration."),
    )


class UndeclaredForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What somebody tells without a name."""

    data = Several(  # type: ignore[assignment]
        label=_("Quelles données y passent ?"), choices=list(DATA.items()), alone=NOTHING
    )

    class Meta:
        model = Undeclared
        fields = ("tool", "purpose", "data")
        labels = {"tool": _("Quel outil ?"), "purpose": _("Pour quoi faire ?")}
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "tool": _("Par exemple : « ChatGPT gratuit », « un traducteur en ligne »."),
            "purpose": _("N'écrivez aucun nom, ni rien qui dise qui vous êtes."),
        }
