"""What detection gives: a span of the text, what it is, how sure, and why."""

from __future__ import annotations

from typing import NamedTuple

from egide.detection.labels import LABELS


class Finding(NamedTuple):
    """A value found in a text. A tuple, since a text has a hundred of them before they are merged.

    ``start`` and ``end`` are character offsets in the text given to the detector (``end`` excluded);
    ``score`` is in [0, 1]; ``recogniser`` names who found it; ``reason`` is French, for a person,
    and never repeats the value.
    """

    start: int
    end: int
    label: str
    score: float
    recogniser: str
    reason: str

    @property
    def data_class(self) -> str:
        """What the policy decides on: see labels.DATA_CLASSES."""
        return LABELS[self.label].data_class
