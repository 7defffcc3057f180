"""The blanks of a prompt as a form, and the form in which a prompt is written."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from egide.reference.prompts import prompts
from egide.workspace.prompts import catalogue
from egide.workspace.prompts.content import FATES, LONGEST_TEMPLATE, Content
from egide.workspace.prompts.words import FATES as WORDS
from egide.workspace.prompts.words import RISKS
from egide.workspace.usages.services import available

LONGEST_VALUE: Final = 100_000


class ValuesForm(forms.Form):
    """One field for each variable; what is left empty is marked in the text as missing."""

    def __init__(self, content: Content, data: Any = None) -> None:
        super().__init__(data, prefix="v")
        known = {one.id: one for one in prompts().variables}
        for name in content.variables:
            variable = known.get(name)
            long = variable is None or variable.long
            label = variable.label if variable else name.replace("_", " ").capitalize()
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_VALUE,
                widget=forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput,
            )

    def values(self) -> dict[str, str]:
        """What was written, by variable."""
        return {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}


class CaseForm(forms.Form):
    """What an answer must and must not contain, one thing a line."""

    name = forms.CharField(label=_("Nom du cas"), max_length=120)
    must = forms.CharField(
        label=_("La réponse doit contenir"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un mot ou une expression par ligne ; majuscules et accents ne comptent pas."),
    )
    must_not = forms.CharField(
        label=_("La réponse ne doit pas contenir"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        written = super().clean() or {}
        if not self.errors and not (self.lines("must") or self.lines("must_not")):
            raise forms.ValidationError(
                gettext("Dites au moins une chose que la réponse doit contenir, ou non.")
            )
        return written

    def lines(self, name: str) -> tuple[str, ...]:
        """What was written there, line by line."""
        lines = (line.strip() for line in self.cleaned_data.get(name, "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class ContentForm(forms.Form):
    """A prompt as its author writes it; ``content`` is what was written, once the form is valid."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    department = forms.ChoiceField(label=_("Pour quel service de l'entreprise ?"))
    use_case = forms.CharField(label=_("À quoi elle sert, en une phrase"), max_length=300)
    template = forms.CharField(
        label=_("Le texte de la demande"),
        max_length=LONGEST_TEMPLATE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Mettez chaque blanc à remplir entre deux accolades, en minuscules et sans accent : "
            "{{client}}, {{date_limite}}. N'écrivez ici ni nom ni donnée : ils iront dans les blancs."
        ),
    )
    checklist = forms.MultipleChoiceField(
        label=_("À vérifier dans la réponse"), widget=forms.CheckboxSelectMultiple
    )
    risk = forms.ChoiceField(label=_("Risque si la réponse est fausse"))
    review_by = forms.CharField(label=_("Qui relit la réponse"), max_length=120, initial="auteur")
    usage = forms.ChoiceField(label=_("Usage choisi dans l'Assistant"), required=False)

    def __init__(self, data: Any = None, content: Content | None = None) -> None:
        super().__init__(data, initial=_written(content) if content else None)
        self.content: Content | None = None
        self._choices("risk", [(risk, str(word).capitalize()) for risk, word in RISKS.items()])
        self._choices("department", list(catalogue.departments().items()))
        self._choices("checklist", [(one.id, one.text) for one in prompts().checklist_items])
        usages = [(usage.id, usage.name) for usage in available()]
        if content and content.usage and content.usage not in dict(usages):
            usages.append((content.usage, content.usage))
        self._choices("usage", [("", gettext("Au choix de chacun")), *usages])
        for one in prompts().data_classes:
            if len(fates := FATES[one.rule]) > 1:
                self.fields[_field(one.id)] = forms.ChoiceField(
                    label=gettext("Données : %(label)s") % {"label": one.label},
                    help_text=f"{one.definition}.",
                    choices=[(fate, str(WORDS[fate]).capitalize()) for fate in reversed(fates)],
                )
        order = ["title", "department", "use_case", "template"]
        self.order_fields([*order, *(_field(one.id) for one in prompts().data_classes)])

    def clean(self) -> dict[str, Any]:
        written = super().clean() or {}
        if not self.errors:
            fates = {one.id: written.get(_field(one.id), "forbidden") for one in prompts().data_classes}
            told = {name: written[name] for name in Content.model_fields if name in written}
            told["allowed"] = [one for one, fate in fates.items() if fate == "allowed"]
            told["masked"] = [one for one, fate in fates.items() if fate == "masked"]
            try:
                self.content = Content.model_validate(told)
            except ValidationError as problem:
                place = problem.errors(include_input=False, include_url=False)[0]["loc"]
                self.add_error(str(place[0]) if place and str(place[0]) in self.fields else None, str(WRONG))
        return written

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own
        field.choices = choices


WRONG: Final[Promise] = _(
    "Un signe ne se voit pas, une ligne est de trop là où une suffit, ou il y a plus de 30 blancs."
)


def _field(data_class: str) -> str:
    return f"class_{data_class}"


def _written(content: Content) -> dict[str, Any]:
    return {**content.model_dump(), **{_field(one.id): fate for one, fate in content.classes}}
