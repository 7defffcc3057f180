"""The questions of a quiz, their options in the order of the attempt and named by their place in it."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from egide.reference.training import Question
from egide.workspace.training.quiz import Order


class QuizForm(forms.Form):
    """A value sent is a place on the page: it says nothing of which option is right."""

    def __init__(self, questions: Sequence[Question], order: Order, data: QueryDict | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.order = order
        for number, question in enumerate(questions, start=1):
            self.fields[question.id] = _field(question, order[question.id], number, len(questions))

    @property
    def chosen(self) -> dict[str, list[int]]:
        """What was chosen for each question, as places of the reference."""
        return {
            question: [self.order[question][int(place)] for place in _listed(value)]
            for question, value in self.cleaned_data.items()
        }


def _field(question: Question, order: Sequence[int], number: int, total: int) -> forms.ChoiceField:
    choices = [(str(place), question.options[option]) for place, option in enumerate(order)]
    label = question.text if total == 1 else f"{number}. {question.text}"
    if question.type == "multiple":
        return forms.MultipleChoiceField(
            label=gettext("%(question)s (plusieurs réponses possibles)") % {"question": label},
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": gettext("Choisissez au moins une réponse.")},
        )
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext("Choisissez une réponse.")},
    )


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value
