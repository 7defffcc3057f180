"""Values of an answer that nobody sent: a person's data that the model made up, or knew from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from egide.detection import Finding
from egide.detection.view import fold

# Values whose presence says nothing of a person: what the model explains, not what it leaks.
_PLAIN: Final = frozenset({"AMOUNT", "LOCATION", "ORGANISATION", "CONFIDENTIAL_MARK", "URL"})
# Facts, told in everyday words: "diabète" in an explanation is nobody's. They are said, never taken out.
_FACTS: Final = frozenset(
    {"HEALTH", "RELIGION", "POLITICS", "UNION", "ETHNICITY", "SEX_LIFE", "BIOMETRIC", "CRIMINAL"}
)
_WORD: Final = re.compile(r"[^\W_]+")
_FEWEST: Final = 4  # letters or digits: a shorter value proves nothing


class Sent:
    """The texts that a caller sent, of which values are asked one after the other."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    def holds(self, value: str, label: str) -> bool:
        """Whether ``value`` stands in one of them.

        Written otherwise (case, accents, spaces, separators, order of the words of a name, escapes of an
        address) it is the same value.
        """
        parts = _WORD.findall(fold(value))
        whole = "".join(parts)
        if len(whole) < _FEWEST:
            return True
        if label != "ADDRESS" and ("@" in value or any(map(str.isdigit, whole))):
            known = whole in self._packed or _prefixed(whole, self._packed)
        else:
            # A name told in another order, without its first name or with hyphens.
            known = all(part in self._words for part in parts if len(part) > 1)
        if known or "%" not in value:
            return known
        plain = unquote(value)
        return plain != value and self.holds(plain, label)

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(map(fold, self._texts))

    @cached_property
    def _packed(self) -> str:
        return "\x1f".join("".join(_WORD.findall(text)) for text in self._folded)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for text in self._folded for word in _WORD.findall(text))


def unsent(answer: str, findings: Sequence[Finding], sent: Sent) -> list[Finding]:
    """Findings of ``answer`` whose value stands in none of the texts that were sent."""
    return [
        finding
        for finding in findings
        if finding.label not in _PLAIN and not sent.holds(answer[finding.start : finding.end], finding.label)
    ]


def removable(finding: Finding) -> bool:
    """Whether it is a value, that can be taken out of a text, and not a fact that the text tells."""
    return finding.label not in _FACTS


def _prefixed(whole: str, packed: str) -> bool:
    """A telephone number with 33 before it, or without."""
    national = whole.removeprefix("00").removeprefix("33").removeprefix("0")
    return whole.isdigit() and len(national) == 9 and national in packed
