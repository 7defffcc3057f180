"""Values of an answer that nobody sent: a person's data that the model made up, or knew from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from egide.detection import Finding
from egide.detection.view import fold

# Values whose presence says nothing of a person: what the model explains, not what it leaks.
_PLAIN: Final = frozenset({"AMOUNT", "LOCATION", "ORGANISATION", "CONFIDENTIAL_MARK", "URL"})
_WORD: Final = re.compile(r"[^\W_]+")
_FEWEST: Final = 4  # letters or digits: a shorter value proves nothing


def unsent(answer: str, findings: Sequence[Finding], sent: Iterable[str]) -> list[Finding]:
    """Findings of ``answer`` whose value stands in none of the texts of ``sent``.

    Written otherwise (case, accents, spaces, separators, order of the words of a name) it is the same value.
    """
    asked = [finding for finding in findings if finding.label not in _PLAIN]
    if not asked:
        return []
    known = [fold(text) for text in sent]
    packed = "\x1f".join("".join(_WORD.findall(text)) for text in known)
    words = frozenset(word for text in known for word in _WORD.findall(text))
    return [finding for finding in asked if _is_new(answer[finding.start : finding.end], packed, words)]


def _is_new(value: str, packed: str, words: frozenset[str]) -> bool:
    parts = _WORD.findall(fold(value))
    whole = "".join(parts)
    if len(whole) < _FEWEST:
        return False
    if "@" in value or any(map(str.isdigit, whole)):
        return whole not in packed and not _prefixed(whole, packed)
    # A name told in another order, without its first name or with hyphens.
    return not all(part in words for part in parts if len(part) > 1)


def _prefixed(whole: str, packed: str) -> bool:
    """A telephone number with 33 before it, or without."""
    national = whole.removeprefix("00").removeprefix("33").removeprefix("0")
    return whole.isdigit() and len(national) == 9 and national in packed
