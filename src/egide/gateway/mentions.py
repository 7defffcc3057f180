"""A value found in one text of a request is sought in the others: "Dupont" after "M. Jean Dupont".

The document pass of the detection follows the mentions inside one text; a conversation is several. Each
text is read again for the values found elsewhere, and only if it may name one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from egide.detection import Finding
from egide.detection.document_pass import mentions_of
from egide.detection.view import View, fold

_WORD = re.compile(r"[^\W_]{3,}")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]")
_INITIALS = re.compile(r"(?<![^\W_])[A-Z]\.?[A-Z](?:\.?[A-Z])?(?![^\W_])")


class Value(NamedTuple):
    """A value found somewhere in the request."""

    text: str
    label: str


def foreign(
    texts: Sequence[str], found: Sequence[Sequence[Finding]], earlier: Sequence[Value] = ()
) -> list[tuple[Value, ...]]:
    """For each text, the values found in the others, or known from ``earlier``, that it may name."""
    own = [
        {fold(text[f.start : f.end]): Value(text[f.start : f.end], f.label) for f in findings}
        for text, findings in zip(texts, found, strict=True)
    ]
    everywhere = {fold(value.text): value for value in earlier}
    everywhere |= {key: value for values in own for key, value in values.items()}
    if not everywhere:
        return [() for _ in texts]
    index = _index(everywhere)
    answer = []
    for text, mine in zip(texts, own, strict=True):
        hits = {key for word in index.keys() & _words(text) for key in index[word]} - mine.keys()
        answer.append(tuple(everywhere[key] for key in everywhere if key in hits))
    return answer


def named(text: str, findings: Sequence[Finding], values: Sequence[Value]) -> list[Finding]:
    """Findings of ``text`` that only the ``values`` found elsewhere reveal."""
    known = {fold(value.text): Finding(0, 0, value.label, 1.0, "document_pass", "") for value in values}
    return mentions_of(View(text), known, findings)


def _index(values: Mapping[str, Value]) -> dict[str, list[str]]:
    """Keys of the values by the words, or the initials, of which one stands in every text that names them."""
    index: dict[str, list[str]] = {}
    for key, value in values.items():
        words = _WORD.findall(key)
        traces = {key, *words, *(f"{word}s" for word in words)}
        if value.label == "PERSON":
            traces.add("".join(_CAPITAL.findall(value.text)).upper())
        for trace in traces:
            index.setdefault(trace, []).append(key)
    return index


def _words(text: str) -> set[str]:
    """Words of a text, folded, and the groups of capitals that may be initials."""
    initials = (letters.replace(".", "") for letters in _INITIALS.findall(text))
    return {*_WORD.findall(fold(text)), *initials}
