"""The forms of a limit and of a price."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.policy.limits import MICRO, Measure
from egide.workspace.limits.models import MEASURES, PERIODS, Limit, Price
from egide.workspace.limits.names import choices
from egide.workspace.ui.widgets import QuickSelect

# Beyond, JSON readers and Redis scripts lose digits.
MOST: Final = 1_000_000_000
_THOUSANDS: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class FigureField(forms.DecimalField):
    """How many: whole requests and tokens, euros to the cent. Spaces allowed; a comma or a point for the
    cents, and in English a comma between the thousands."""

    def __init__(self, **kwargs: Any) -> None:
        text = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            label=_("Combien au plus ?"), min_value=Decimal("0.01"), max_value=MOST, widget=text, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        packed = "".join(str(value or "").split())
        if get_format("DECIMAL_SEPARATOR") == "." and _THOUSANDS.fullmatch(packed):
            packed = packed.replace(",", "")
        return super().to_python(packed.replace(",", "."))


def most_of(measure: str, figure: Decimal) -> int:
    """The figure as it is counted. Raises ValidationError when it cannot be."""
    counted = figure * MICRO if measure == Measure.COST else figure
    if measure == Measure.COST and figure != round(figure, 2):
        raise forms.ValidationError(gettext("Écrivez un montant en euros et centimes."))
    if counted != int(counted) or counted < 1:
        raise forms.ValidationError(gettext("Écrivez un nombre entier."))
    return int(counted)


def figure_of(limit: Limit) -> str:
    """The figure as a person wrote it."""
    if limit.measure != Measure.COST:
        return str(limit.most)
    euros = Decimal(limit.most) / MICRO
    return f"{euros:.2f}".removesuffix(".00").replace(".", get_format("DECIMAL_SEPARATOR"))


class LimitForm(forms.Form):
    """A limit read as a sentence: who, how many, of what, over what time."""

    who = forms.ChoiceField(label=_("Pour qui ?"), widget=QuickSelect, initial="person:")
    figure = FigureField()
    measure = forms.ChoiceField(label=_("De quoi ?"), choices=MEASURES)
    period = forms.ChoiceField(label=_("Sur quelle durée ?"), choices=PERIODS, initial="day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = choices()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"who", "figure", "measure", "period"} <= given.keys():
            self._fill(given)
        return given

    def _fill(self, given: dict[str, Any]) -> None:
        subject, _, who = given["who"].partition(":")
        kind = {"subject": subject, "who": who, "measure": given["measure"], "period": given["period"]}
        try:
            self.limit = Limit(**kind, most=most_of(given["measure"], given["figure"]))
        except forms.ValidationError as wrong:
            self.add_error("figure", wrong)
        if Limit.objects.filter(**kind).exists():
            self.add_error(None, gettext("Cette limite existe déjà : modifiez-la dans la liste."))


class FigureForm(forms.Form):
    """Another figure for a limit."""

    figure = FigureField()

    def __init__(self, limit: Limit, data: Any = None) -> None:
        super().__init__(data, initial={"figure": figure_of(limit)})
        self.limit = limit

    def clean_figure(self) -> int:
        return most_of(self.limit.measure, self.cleaned_data["figure"])


class PriceForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = Price
        fields = ("input", "output")
        localized_fields = fields  # a comma or a point
        labels = {
            "input": _("Un million de jetons envoyés (euros)"),
            "output": _("Un million de jetons reçus (euros)"),
        }
        help_texts = {
            "input": _(
                "Le tarif est sur le site du service. Il vaut ici pour tous ses modèles : "
                "dans le doute, écrivez celui du plus cher."
            ),
        }
