from __future__ import annotations

from decimal import Decimal

import pytest

from egide.workspace.providers.models import Provider
from egide.workspace.providers.price_form import PriceForm

PROVIDER = Provider(model_names=["petit", "grand"], prices={"petit": ["0.1", "0.3"], "parti": ["9", "9"]})


@pytest.mark.parametrize("comma", [",", "."])
def test_a_price_is_written_with_a_comma_or_a_point(comma: str) -> None:
    form = PriceForm(PROVIDER, {"in-0": f"0{comma}40", "out-0": "2", "in-1": "", "out-1": ""})
    assert form.is_valid(), form.errors
    assert form.prices == {"petit": (Decimal("0.40"), Decimal(2))}


def test_known_prices_are_shown() -> None:
    rows = list(PriceForm(PROVIDER).rows)
    assert [(model, paid.value(), other.value()) for model, paid, other in rows] == [
        ("petit", Decimal("0.1"), Decimal("0.3")),
        ("grand", None, None),
    ]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"in-0": "1"}, "out-0"),
        ({"out-1": "1"}, "in-1"),
        ({"in-0": "-1", "out-0": "1"}, "in-0"),
        ({"in-0": "gratuit", "out-0": "1"}, "in-0"),
        ({"in-0": "NaN", "out-0": "1"}, "in-0"),
        ({"in-0": "1e9", "out-0": "1"}, "in-0"),
    ],
)
def test_other_prices_are_refused(written: dict[str, str], field: str) -> None:
    form = PriceForm(PROVIDER, written)
    assert not form.is_valid()
    assert list(form.errors) == [field]
