"""What the journal keeps of an exchange: who, what was decided, types and counts. Never a value.

An exchange gives one ``opened`` record, durable before the first byte of the answer is released, and
one ``closed`` record with what is only known at the end (status, tokens, times).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to be journalled, before it is chained. ``exchange`` links opened and closed.

    ``details`` holds only identifiers, labels, counts, durations and hashes: JSON numbers, strings
    and flat maps.
    """

    kind: Literal["opened", "closed", "refused"]
    exchange: str
    at: str
    details: Mapping[str, object] = field(default_factory=dict)
