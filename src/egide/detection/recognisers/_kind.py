"""The findings of one kind of number: its key is right, or only the words around tell it.

Shared by the numbers of the neighbouring countries, which all say the same three things of a value.
"""

from __future__ import annotations

from typing import NamedTuple

from egide.detection.finding import Finding


class Kind(NamedTuple):
    """Who finds, under which label, and what people call the number."""

    recogniser: str
    label: str
    french: str

    def exact(self, start: int, end: int) -> Finding:
        """The form and the check digits are right."""
        return Finding(
            start, end, self.label, 0.96, self.recogniser, f"{self.french} : forme et clé exactes."
        )

    def told(self, start: int, end: int) -> Finding:
        """The form is right and a word before says what it is; there is no check digit to weigh."""
        return Finding(start, end, self.label, 0.88, self.recogniser, f"{self.french} d'après le contexte.")

    def wrong(self, start: int, end: int) -> Finding:
        """A word before says what it is; the check digits are not right."""
        reason = f"{self.french} d'après le contexte ; sa clé est fausse."
        return Finding(start, end, self.label, 0.8, self.recogniser, reason)
