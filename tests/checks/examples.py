"""Examples of signs and kinds, with what they mark between ⟦ and ⟧."""

from __future__ import annotations

import re


def marked(example: str) -> tuple[str, set[tuple[int, int]]]:
    """The text of an example without its marks, and the spans that they enclosed."""
    spans, text = set(), ""
    for before, value in re.findall(r"([^⟦⟧]*)(?:⟦([^⟧]*)⟧)?", example):
        text += before
        if value:
            spans.add((len(text), len(text) + len(value)))
            text += value
    return text, spans
