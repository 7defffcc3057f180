"""What the journal keeps of an exchange: who, what was decided, types and counts. Never a value.

An exchange gives one ``opened`` record, durable before the first byte of the answer is released, and
one ``closed`` record with what is only known at the end (status, tokens, times). In between, a ``moved``
record for each further provider that it is sent to, durable before that one's answer is released. A refused
exchange gives one ``refused`` record. A ``checkpoint`` signs the chain up to the record before it. A
``decided`` record tells what a person decided of a reason that somebody gave for an exchange.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["opened", "moved", "closed", "refused", "decided", "checkpoint", "purge"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to be journalled, before it is chained. ``exchange`` links opened, moved and closed (for a
    purge: names the chain that was shortened; for a decision: names it).

    ``at`` is UTC in ISO 8601 (``2026-11-24T09:30:00.123456+00:00``). ``details`` holds only
    identifiers, labels, counts, durations and hashes: see ``details.check_details``.
    """

    kind: Kind
    exchange: str
    at: str
    details: Mapping[str, object] = field(default_factory=dict)
