"""Part of the journal: some days, a person, a usage. The exchanges that match, each whole.

An exchange matches by its first record, which says who and when; its end follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from egide.errors import JournalError
from egide.journal.chain import Record
from egide.journal.checkpoint import Verifier
from egide.journal.details import is_identifier
from egide.journal.retention import WRITER
from egide.journal.walk import Chains

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00")
_NAMED: Final = ("person", "usage", "provider", "action")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; empty: everything. ``since`` is included and ``until`` is not: UTC, ISO 8601.

    ``person``, ``usage`` and ``provider`` are identifiers of the journal. Raises JournalError EG-5006.
    """

    since: str = ""
    until: str = ""
    person: str = ""
    usage: str = ""
    provider: str = ""
    action: str = ""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            sound = is_identifier(value) if name in _NAMED else _is_moment(value)
            if value and not sound:
                raise JournalError("EG-5006", name=name)

    def __bool__(self) -> bool:
        return bool(self.asked())

    def asked(self) -> dict[str, str]:
        """What is asked for, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    def matches(self, record: Record) -> bool:
        """Whether an exchange that begins with this record is part of it."""
        details = record.entry.details
        if any(details.get(name) != value for name, value in self.asked().items() if name in _NAMED):
            return False
        at = datetime.fromisoformat(record.entry.at)
        return not (
            (self.since and at < datetime.fromisoformat(self.since))
            or (self.until and at >= datetime.fromisoformat(self.until))
        )


class Sieve:
    """Says of each record, in their order, whether it is part of a selection.

    The purges always are: they tell what is no longer there. Checkpoints are not.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._open: set[tuple[str, str]] = set()

    def takes(self, record: Record) -> bool:
        """Whether ``record`` is part of it."""
        if record.writer == WRITER:
            return True
        exchange = (record.writer, record.entry.exchange)
        if record.entry.kind == "closed":
            taken = exchange in self._open
            self._open.discard(exchange)
            return taken
        if record.entry.kind == "checkpoint" or not self._selection.matches(record):
            return False
        if record.entry.kind == "opened":
            self._open.add(exchange)
        return True


def select(records: Iterable[Record], selection: Selection, keys: Mapping[str, Verifier]) -> Iterator[Record]:
    """The records of ``selection``, out of the whole journal, which is verified on the way.

    Raises JournalError EG-5002 where it was altered: a part is never vouched for out of a broken whole.
    """
    chains, sieve = Chains(keys), Sieve(selection)
    for record in records:
        chains.step(record)
        if sieve.takes(record):
            yield record
    chains.end()


def _is_moment(text: str) -> bool:
    if not _MOMENT.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
