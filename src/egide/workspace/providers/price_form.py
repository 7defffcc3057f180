"""What each model of a provider costs, in euros per million tokens: two fields per model, both or none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext

from egide.workspace.providers.models import Provider


class PriceForm(forms.Form):
    """``rows`` gives each model with its two fields; ``prices`` what was written, once it is valid."""

    def __init__(self, provider: Provider, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.models: list[str] = list(provider.model_names)
        for place, model in enumerate(self.models):
            paid = provider.prices.get(model, ("", ""))
            for side, title, known in (
                ("in", gettext("entrée"), paid[0]),
                ("out", gettext("sortie"), paid[1]),
            ):
                self.fields[f"{side}-{place}"] = forms.DecimalField(
                    label=f"{model}, {title}",
                    required=False,
                    min_value=0,
                    max_digits=9,
                    decimal_places=4,
                    localize=True,  # a French price has a comma
                    initial=Decimal(known) if known else None,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                )

    def clean(self) -> dict[str, Any]:
        for place in range(len(self.models)):
            pair = [self.cleaned_data.get(f"{side}-{place}") for side in ("in", "out")]
            wrong = any(f"{side}-{place}" in self.errors for side in ("in", "out"))
            if not wrong and pair.count(None) == 1:
                side = "in" if pair[0] is None else "out"
                self.add_error(f"{side}-{place}", gettext("Écrivez les deux prix, ou aucun."))
        return self.cleaned_data

    @property
    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Each model, its price in, its price out."""
        for place, model in enumerate(self.models):
            yield model, self[f"in-{place}"], self[f"out-{place}"]

    @property
    def prices(self) -> dict[str, tuple[Decimal, Decimal]]:
        """The prices that are known."""
        found = {}
        for place, model in enumerate(self.models):
            paid = self.cleaned_data[f"in-{place}"], self.cleaned_data[f"out-{place}"]
            if None not in paid:
                found[model] = paid
        return found
