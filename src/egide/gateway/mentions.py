"""A value found in one text of a request is sought in the others: "Dupont" after "M. Jean Dupont".

The document pass of the detection follows the mentions inside one text; a conversation is several. Each
text is read again behind the values found elsewhere that it may name, and only if it may name one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from egide.detection import Finding
from egide.detection.document_pass import mentions
from egide.detection.view import View, fold

_WORD = re.compile(r"[^\W_]{3,}")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]")


class Value(NamedTuple):
    """A value found somewhere in the request."""

    text: str
    label: str


def foreign(texts: Sequence[str], found: Sequence[Sequence[Finding]]) -> list[tuple[Value, ...]]:
    """For each text, the values found in the others that it may name."""
    own = [
        {fold(text[f.start : f.end]): Value(text[f.start : f.end], f.label) for f in findings}
        for text, findings in zip(texts, found, strict=True)
    ]
    everywhere = {key: value for values in own for key, value in values.items()}
    if not everywhere:
        return [() for _ in texts]
    traces = {key: _traces(key, value) for key, value in everywhere.items()}
    answer = []
    for text, mine in zip(texts, own, strict=True):
        low = fold(text)
        answer.append(
            tuple(
                everywhere[key]
                for key, (words, initials) in traces.items()
                if key not in mine and (any(word in low for word in words) or _any(initials, text))
            )
        )
    return answer


def named(text: str, findings: Sequence[Finding], values: Sequence[Value]) -> list[Finding]:
    """Findings of ``text`` that only the ``values`` found elsewhere reveal."""
    head, start, known = "", 0, []
    for value in values:
        known.append(Finding(start, start + len(value.text), value.label, 1.0, "document_pass", ""))
        head += value.text + "\n\n"
        start = len(head)
    shifted = [replace(f, start=f.start + start, end=f.end + start) for f in findings]
    view = View(head + text)
    return [
        replace(f, start=f.start - start, end=f.end - start)
        for f in mentions(view, [*known, *shifted])
        if f.start >= start
    ]


def _traces(key: str, value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of which one at least stands in every text that names the value, or else its initials."""
    words = tuple(_WORD.findall(key)) or (key,)
    letters = _CAPITAL.findall(value.text.upper()) if value.label == "PERSON" else []
    return words, ("".join(letters), ".".join(letters)) if len(letters) > 1 else ()


def _any(traces: Sequence[str], text: str) -> bool:
    return any(trace in text for trace in traces)
