from __future__ import annotations

import json
from datetime import datetime

import pytest

from egide.errors import JournalError
from egide.journal import MemoryJournal, Selection, Signer, export_lines


def test_an_export_is_a_header_the_records_and_a_seal(
    journal: MemoryJournal, signer: Signer, now: datetime
) -> None:
    first, *records, seal = export_lines(journal.read(), signer, now)
    public = signer.verifier.public_key
    assert json.loads(first) == {"egide": "journal", "format": 1, "public_key": public}
    assert records == [f"{record.line()}\n" for record in journal.read()]
    assert json.loads(seal)["records"] == len(records) == 10
    assert json.loads(seal)["at"] == now.isoformat()


def test_a_part_says_that_it_is_one(journal: MemoryJournal, signer: Signer, now: datetime) -> None:
    part = Selection(person="7", usage="devis")
    first = next(export_lines(journal.read(), signer, now, part))
    assert json.loads(first)["format"] == 2
    assert json.loads(first)["filter"] == {"person": "7", "usage": "devis"}


def test_no_part_is_sealed_out_of_an_altered_journal(
    journal: MemoryJournal, signer: Signer, now: datetime
) -> None:
    records = [record for record in journal.read() if record.sequence != 3]
    with pytest.raises(JournalError, match="EG-5002"):
        list(export_lines(records, signer, now, Selection(person="7")))
