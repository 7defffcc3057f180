from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from egide.errors import JournalError
from egide.journal import Record, checkpoint, verify
from egide.workspace.journalling import services
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import SqlJournal

Records = Callable[..., list[Record]]


@pytest.fixture(autouse=True)
def journal(records: Records, db: None) -> None:
    first = records(["a", "b"])
    signed = checkpoint(first[-1], services.signer(), datetime.now(UTC))
    SqlJournal().append([*first, signed, *records(["c"], last=signed), *records(["d"], "w2")])


def test_an_intact_journal_is_checked(db: None) -> None:
    checked = services.check()
    assert checked.records == 9
    assert {chain.writer: chain.uncovered for chain in checked.chains} == {"w1": 2, "w2": 2}


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.filter(sequence=2).update(details='{"status":"failed"}'),
        lambda rows: rows.filter(sequence=3).update(at="2026-11-24T09:31:00+00:00"),
        lambda rows: rows.filter(sequence=2).delete(),
        lambda rows: rows.filter(sequence=5).update(details='{"key":"x","signature":"00"}'),
    ],
)
def test_any_change_in_the_database_is_seen(change: Callable[..., object]) -> None:
    change(JournalRecord.objects.filter(writer="w1"))
    with pytest.raises(JournalError, match="EG-5002"):
        services.check()


def test_an_export_verifies_with_the_public_key_alone() -> None:
    content = "".join(services.export(as_csv=False)).encode()
    report = verify(io.BytesIO(content), [services.signer().verifier])
    assert report.records == 9


def test_days_are_those_of_paris_however_far(db: None) -> None:
    day = date(2026, 7, 14)
    assert (services.beginning(day), services.end(day)) == (
        "2026-07-13T22:00:00+00:00",
        "2026-07-14T22:00:00+00:00",
    )
    assert services.beginning(date.min) < services.end(date.max)


def test_a_spreadsheet_has_one_row_per_record() -> None:
    rows = "".join(services.export(as_csv=True)).strip().splitlines()
    assert len(rows) == 10
    assert "PERSON=2" in rows[1]
