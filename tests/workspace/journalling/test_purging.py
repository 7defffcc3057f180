from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections

from egide.errors import JournalError
from egide.journal import Record, Report, chain, checkpoint, verify
from egide.journal.retention import WRITER
from egide.workspace.journalling import purging, services
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import SqlJournal

Records = Callable[..., list[Record]]
NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
OLD, YOUNG = "2026-11-01T09:00:00+00:00", "2026-11-27T09:00:00+00:00"


def _verified() -> Report:
    content = "".join(services.export(as_csv=False)).encode()
    services.check()
    return verify(io.BytesIO(content), [services.signer().verifier])


def _fill(records: Records, old: int = 3, young: int = 2) -> None:
    for writer in ("w1", "w2"):
        first = records([f"{writer}-o{n}" for n in range(old)], writer, at=OLD)
        signed = checkpoint(first[-1], services.signer(), datetime.fromisoformat(OLD))
        rest = (
            records([f"{writer}-y{n}" for n in range(young)], writer, last=signed, at=YOUNG) if young else []
        )
        SqlJournal().append([*first, signed, *rest])


def test_without_a_period_everything_is_kept(records: Records, db: None) -> None:
    _fill(records)
    assert purging.purge(None, NOW) == 0
    assert _verified().records == 22


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 2000])
def test_what_is_too_old_goes_and_the_rest_verifies(
    batch: int, records: Records, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "REMOVED_AT_ONCE", batch)
    _fill(records)
    assert purging.purge(10, NOW) == 14
    report = _verified()
    assert report.purged == 14
    assert {c.writer: c.records for c in report.chains if c.writer != WRITER} == {"w1": 4, "w2": 4}
    assert purging.purge(10, NOW) == 0, "a second night has nothing to remove"
    assert _verified().purged == 14
    assert (
        not JournalRecord.objects.exclude(writer=WRITER).filter(moment__lt=NOW - timedelta(days=10)).exists()
    )


def test_an_exchange_cut_by_the_purge_still_verifies(records: Records, db: None) -> None:
    opened, closed = records(["a"], at=OLD)
    late = chain(opened, "w1", [replace(closed.entry, at=YOUNG)])
    SqlJournal().append([opened, *late])
    assert purging.purge(10, NOW) == 1
    assert _verified().purged == 1


def test_a_writer_purged_whole_goes_on(records: Records, db: None) -> None:
    _fill(records, young=0)
    assert purging.purge(10, NOW) == 14
    assert not JournalRecord.objects.filter(writer="w1").exists()
    store = SqlJournal()
    store.append(records(["next"], last=store.tail("w1"), at=YOUNG))
    report = _verified()
    assert {c.writer: c.last for c in report.chains}["w1"] == 9


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.filter(sequence=2).update(details='{"status":"failed"}'),
        lambda rows: rows.filter(sequence=2).delete(),
        lambda rows: rows.filter(sequence=8).update(previous="0" * 64),
    ],
)
def test_what_was_altered_is_never_purged(
    change: Callable[..., object], records: Records, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    _fill(records)
    change(JournalRecord.objects.filter(writer="w1"))
    before = JournalRecord.objects.filter(writer="w1").count()
    assert purging.purge(10, NOW) == 7, "the other writer is purged"
    assert JournalRecord.objects.filter(writer="w1").count() == before
    assert "w1 is not purged: EG-5002" in caplog.text


def test_a_column_that_lies_about_the_time_purges_nothing(records: Records, db: None) -> None:
    _fill(records)
    JournalRecord.objects.filter(writer="w1").update(moment=NOW - timedelta(days=100))
    purging.purge(10, NOW)
    assert JournalRecord.objects.filter(writer="w1").count() == 4
    assert _verified().purged == 14


def test_records_deleted_by_hand_are_seen_after_a_purge(records: Records, db: None) -> None:
    _fill(records)
    purging.purge(10, NOW)
    JournalRecord.objects.filter(writer="w1", sequence=8).delete()
    with pytest.raises(JournalError, match="EG-5002"):
        services.check()


def test_a_purge_while_an_export_reads_is_told(
    records: Records, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("egide.workspace.journalling.store.BATCH", 2)
    _fill(records)
    lines = services.export(as_csv=False)
    next(lines), next(lines)
    purging.purge(10, NOW)
    with pytest.raises(JournalError, match="EG-5007"):
        list(lines)


def test_two_processes_that_purge_at_once_leave_one_sound_chain(
    records: Records, committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "REMOVED_AT_ONCE", 3)
    _fill(records, old=20)
    gone: list[int] = []

    def run() -> None:
        try:
            gone.append(purging.purge(10, NOW))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    purging.purge(10, NOW)
    assert len(gone) == 3
    assert _verified().purged == 82


SCRIPT = """
import sys
from datetime import datetime
from egide.settings import load
from egide.server.databases import workspace
with workspace(load()):
    from egide.workspace.journalling import purging, services
    from egide.workspace.journalling.store import SqlJournal
    from egide.journal import Entry, chain
    if sys.argv[1] == "fill":
        at = "2026-01-01T00:00:00+00:00"
        entries = [Entry("refused", f"x{n}", at, {"person": "p"}) for n in range(4000)]
        SqlJournal().append(chain(None, "w1", entries))
    elif sys.argv[1] == "purge":
        purging.REMOVED_AT_ONCE = 10
        remove = purging._remove
        purging._remove = lambda *a: (remove(*a), print("removed", flush=True))
        purging.purge(1, datetime.fromisoformat("2026-11-28T00:00:00+00:00"))
    else:
        checked = services.check()
        print(checked.purged, checked.records)
"""


def test_a_purge_that_is_killed_leaves_a_chain_that_verifies(tmp_path: Path) -> None:
    env = {**os.environ, "EGIDE_DATA_DIR": str(tmp_path)}
    env.pop("EGIDE_DATABASE_URL", None)
    command = [sys.executable, "-c", SCRIPT]
    subprocess.run([*command, "fill"], env=env, check=True)
    seen = [0]
    for _ in range(3):
        with subprocess.Popen([*command, "purge"], env=env, stdout=subprocess.PIPE) as purging_process:
            assert purging_process.stdout is not None
            for _ in range(5):
                assert purging_process.stdout.readline() == b"removed\n"
            purging_process.send_signal(signal.SIGKILL)
        told = subprocess.run([*command, "check"], env=env, check=True, capture_output=True, text=True)
        purged, records = map(int, told.stdout.split())
        assert records == 4000 - purged + purged // 10
        seen.append(purged)
    assert all(after >= before + 50 for before, after in pairwise(seen))
