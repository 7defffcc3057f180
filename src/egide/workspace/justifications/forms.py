"""The forms: a reason, and a decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from egide.workspace.justifications.services import LONGEST, LONGEST_WORD, SHORTEST


class ReasonForm(forms.Form):
    """Why these elements must be sent."""

    reason = forms.CharField(
        label=_("Pourquoi ces éléments sont-ils nécessaires ?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_(
            "À quoi sert la réponse, et pourquoi ces éléments y sont nécessaires. Par exemple :"
            " « Répondre à la CPAM sur l'arrêt d'un salarié, dont la cause est demandée. »"
            " Évitez d'y mettre un nom."
        ),
    )


class DecisionForm(forms.Form):
    """The pilot's word; needed to refuse."""

    word = forms.CharField(
        label=_("Un mot pour la personne"),
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("Obligatoire pour refuser : dites pourquoi, ou que faire d'autre."),
    )
