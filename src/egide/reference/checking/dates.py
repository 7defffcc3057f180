"""Dates are days, months or years that exist and are past, or the words for one that was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from egide.reference.checking.report import Fault
from egide.reference.checking.walking import nodes
from egide.reference.sources import day

_KEYS: Final = frozenset(
    {
        "date",
        "source_date",
        "source_date_iso",
        "status_as_of",
        "rate_as_of",
        "prepared_on",
        "written_on",
        "sources_read_up_to",
        "published",
        "updated",
    }
)
_UNREAD: Final = re.compile(r"|non datée|date non lue(?: \(.+\))?|\d{4} ou (?:\d{4}|après)(?: \(.+\))?")


def wrong_dates(file: str, content: Any, today: date) -> list[Fault]:
    """Those that cannot be, each with what holds it."""
    return [
        Fault(file, node.id, f"date « {key} » : {wrong}")
        for node in nodes(content)
        for key, written in _dates(node.content)
        if (wrong := fault_of(written, today))
    ]


def fault_of(written: str, today: date) -> str:
    """What is wrong with a written date, empty when nothing is."""
    try:
        told = day(written)
    except ValueError:
        return "ce jour n'existe pas"
    if told is None:
        return "" if _UNREAD.fullmatch(written) else "ni une date, ni « date non lue »"
    return "elle est dans l'avenir" if told > today else ""


def _dates(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        if key in _KEYS and isinstance(value, str | int | date):
            yield str(key), str(value)
