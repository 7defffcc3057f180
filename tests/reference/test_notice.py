from __future__ import annotations

import pytest
from pydantic import ValidationError

from egide.reference.notice import FIELDS, Notice, notice


def test_the_notice_says_what_the_law_asks_for() -> None:
    """RGPD art. 13 and Code du travail L1222-4: what, why, who, how long, which rights, before use."""
    text = notice()
    assert [section.id for section in text.sections] == [
        "recorded",
        "never",
        "purpose",
        "access",
        "duration",
        "rights",
    ]
    assert all(section.points for section in text.sections)
    assert {"l1222-4", "rgpd-13"} <= {source.id for source in text.sources}
    assert all(source.date for source in text.sources)
    assert text.review_by > text.written_on


def test_every_name_in_braces_is_filled() -> None:
    text = notice().filled({name: f"<{name}>" for name in FIELDS})
    first, whole = (
        " ".join((text.introduction, *points))
        for points in (text.essentials, [point for section in text.sections for point in section.points])
    )
    assert all(f"<{name}>" in first and f"<{name}>" in whole for name in FIELDS)
    assert "{" not in first + whole


def test_what_comes_first_is_short() -> None:
    text = notice()
    assert len(" ".join((text.introduction, *text.essentials)).split()) < 300


@pytest.mark.parametrize(
    "change",
    [
        {"introduction": "Bonjour {inconnu}"},
        {"version": "dernière"},
        {"surprise": True},
        {
            "sources": [
                {"id": "x", "title": "x", "url": "javascript:alert(1)", "date": "2026", "verified": True}
            ]
        },
    ],
)
def test_a_mistake_in_the_file_is_refused(change: dict[str, object]) -> None:
    told = notice().model_dump(by_alias=True) | change
    with pytest.raises((ValidationError, KeyError)):
        Notice.model_validate(told)
