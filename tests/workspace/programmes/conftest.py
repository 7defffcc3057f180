"""Programmes made for a test, and a company of a given profile."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from egide.reference.files import read
from egide.reference.programmes import Programme, programmes
from egide.workspace.company import services as company

TODAY = date(2026, 11, 29)
STALE_AFTER = timedelta(days=180)


def programme(*, eligibility: dict[str, Any] | None = None, **fields: Any) -> Programme:
    """The first of the file, open to all and read lately, changed as told."""
    told = programmes().programmes[0].model_dump()
    told |= {
        "source_date": "2026-11-01",
        "source_date_iso": "2026-11-01",
        "verified": True,
        "other_sources": (),
    }
    told |= fields
    told["eligibility"] = told["eligibility"] | (eligibility or {})
    return Programme.model_validate(told)


@pytest.fixture
def a_company(db: None) -> Callable[..., None]:
    """Sets what the company says of itself."""

    def tell(**fields: Any) -> None:
        found = company.current()
        for name, value in fields.items():
            setattr(found, name, value)
        found.save()

    return tell


def newer(change: Callable[[Any], None] = lambda content: None, days: int = 1) -> bytes:
    """The file of Égide, of another day, changed as told, as somebody would upload it."""
    content = copy.deepcopy(read("programmes.yaml"))
    content["prepared_on"] = (programmes().prepared + timedelta(days=days)).isoformat()
    change(content)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()
