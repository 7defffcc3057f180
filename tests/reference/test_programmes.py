from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from egide.reference.files import read
from egide.reference.programmes import Programmes, programmes, to_check


def test_every_programme_of_the_research_is_there_with_its_sources() -> None:
    file = programmes()
    assert (len(file.programmes), len(file.apis)) == (44, 6)
    assert sum(one.verified for one in file.programmes) == 36
    for one in file.programmes:
        assert one.sources[0].url == one.source
        assert len(one.sources) == 1 + len(one.other_sources)


@pytest.mark.parametrize(
    ("programme", "today", "expected"),
    [
        ("osez-ia", date(2025, 12, 28), False),  # 180 days after 1 July 2025
        ("osez-ia", date(2025, 12, 29), True),
        ("ia-booster-france-2030", date(2026, 1, 2), True),  # not verified
        ("cii", date(2025, 3, 1), True),  # date of the source not read
        ("idf-cheque-diagnostic-cyber", date(2026, 5, 1), False),
        ("idf-cheque-diagnostic-cyber", date(2026, 10, 16), True),
    ],
)
def test_the_rule_of_display_of_the_file_is_applied(programme: str, today: date, expected: bool) -> None:
    found = next(one for one in programmes().programmes if one.id == programme)
    assert to_check(found, today, programmes().stale_after) is expected


def test_a_closing_date_that_is_gone_is_to_be_checked_even_with_a_fresh_source() -> None:
    told = next(one for one in programmes().programmes if one.id == "idf-cheque-diagnostic-cyber")
    fresh = told.model_copy(update={"source_date_iso": "2026-10-01"})
    assert not to_check(fresh, date(2026, 10, 15), programmes().stale_after)
    assert to_check(fresh, date(2026, 10, 16), programmes().stale_after)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(surprise=1),
        lambda c: c.update(prepared_on="2026-02-30"),
        lambda c: c["programmes"].append(c["programmes"][0]),
        lambda c: c["apis"].append(c["apis"][0]),
        lambda c: c["programmes"][0].pop("verified"),
        lambda c: c["programmes"][0].update(verified="oui, je crois"),
        lambda c: c["programmes"][0].update(kind="cadeau"),
        lambda c: c["programmes"][0].update(url="javascript:alert(1)"),
        lambda c: c["programmes"][0].update(url="http://exemple.fr/"),
        lambda c: c["programmes"][0].update(name="Nom\r\nX-Header: 1"),
        lambda c: c["programmes"][0].update(gives="a" * 2001),
        lambda c: c["programmes"][0].update(closes_on="15/10/2026"),
        lambda c: c["programmes"][0].update(closes_on="9999-12-31"),
        lambda c: c["programmes"][0].update(source_date_iso="2024-01-01"),
        lambda c: c["programmes"][0]["eligibility"].update(region="Mars"),
        lambda c: c["programmes"][0]["eligibility"].update(min_staff=10, max_staff=9),
        lambda c: c["programmes"][0]["eligibility"].update(sizes=[]),
        lambda c: c["programmes"][0]["amount"].update(max_eur=float("nan")),
        lambda c: c["programmes"][0]["other_sources"][0].update(url="ftp://exemple.fr"),
        lambda c: c["help"].update(stale_after_days=0),
    ],
)
def test_a_file_with_a_mistake_is_refused(change: Callable[[Any], None]) -> None:
    content = copy.deepcopy(read("programmes.yaml"))
    change(content)
    with pytest.raises(ValidationError):
        Programmes.model_validate(content)
