"""Other mentions of a value between a text and its readings: a name revealed here, written plainly there.

The document pass follows values by where they stand in a text, so they are written at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from egide.detection.document_pass import mentions
from egide.detection.finding import Finding
from egide.detection.view import View

_APART: Final = "\n\n"


def mentioned(text: str, values: Mapping[str, Finding]) -> list[Finding]:
    """Findings for the places of ``text`` that name one of ``values`` again, found elsewhere."""
    if not values:
        return []
    parts, at, there = [text], len(text), []
    for value, finding in values.items():
        parts += (_APART, value)
        at += len(_APART)
        there.append(finding._replace(start=at, end=at + len(value)))
        at += len(value)
    return [one for one in mentions(View("".join(parts)), there) if one.end <= len(text)]
