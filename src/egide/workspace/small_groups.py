"""When counts of what people answered may be shown without telling what one of them said (decision 17).

Never while they answer; from ``FEWEST`` of them on; and in a form from which « they all said no » cannot be
read, neither by one of them who takes their own answer away, nor from the counts being withheld.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

FEWEST: Final = 5
"""People who answered, below which nothing is counted."""
_APART: Final = 2


def differ(counts: Collection[int]) -> bool:
    """Whether the counts by answer may be shown, where each answer could be held against somebody: enough
    people, of whom two at least did not choose the answer that most did."""
    return sum(counts) >= FEWEST and sum(counts) - max(counts, default=0) >= _APART


def mostly(good: int, answered: int) -> bool | None:
    """Whether at least half gave the good answer: their counts may then be shown. Otherwise only that it is
    less than half: a group where nobody did looks like one where almost half did. None: too few answered."""
    return 2 * good >= answered if answered >= FEWEST else None


def in_fives(number: int) -> int:
    """How many of these are counted: by whole fives, so that nobody's comes in alone."""
    return number - number % FEWEST
