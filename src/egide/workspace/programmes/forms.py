"""Where the company stands with a programme, and what somebody read of its source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from egide.reference.programmes import YEARS
from egide.workspace.programmes.models import STATUSES, State
from egide.workspace.programmes.services import Standing

LONGEST_NOTE = 2_000


class DayInput(forms.DateInput):
    """The browser's own calendar; it sends and reads days as 2026-11-29."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def of_this_century(day: date) -> None:
    """Refuse what can only be a mistake of typing. Raises ValidationError."""
    if day.year not in YEARS:
        raise forms.ValidationError(gettext("Vérifiez l'année de cette date."))


class AmountField(forms.DecimalField):
    """Euros to the cent. A comma or a point, spaces allowed."""

    def __init__(self) -> None:
        text = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            label=_("Montant en euros"),
            min_value=Decimal(0),
            max_digits=12,
            decimal_places=2,
            widget=text,
            required=False,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(str(value or "").split()).replace(",", "."))


class FollowForm(forms.Form):
    """Where the company stands."""

    state = forms.ChoiceField(label=_("Où en êtes-vous ?"), choices=State.choices)
    next_on = forms.DateField(
        label=_("Prochaine date"),
        validators=[of_this_century],
        widget=DayInput(),
        required=False,
        help_text=_("Un rendez-vous, un dépôt, une relance : elle va dans l'échéancier."),
    )
    amount = AmountField()
    note = forms.CharField(
        label=pgettext_lazy("what is noted", "Note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lue par les pilotes seulement, et gardée chiffrée."),
    )

    def standing(self) -> Standing:
        """What was filled in."""
        given = self.cleaned_data
        return Standing(State(given["state"]), given["amount"], given["next_on"], given["note"])


class ReviewForm(forms.Form):
    """What the page of the operator says today."""

    status = forms.ChoiceField(label=_("Que dit la page de l'organisme ?"), choices=STATUSES)
    closes_on = forms.DateField(
        label=_("Date limite"),
        validators=[of_this_century],
        widget=DayInput(),
        required=False,
        help_text=_("Laissez vide si la page n'en donne pas."),
    )
