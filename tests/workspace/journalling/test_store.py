from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from egide.errors import JournalError
from egide.journal import Record
from egide.pseudonymisation import SealedEntry
from egide.workspace.journalling import store as stores
from egide.workspace.journalling.models import JournalRecord, VaultEntry
from egide.workspace.journalling.store import SqlJournal, SqlVault, purge_vault

Records = Callable[..., list[Record]]
Sealed = Callable[..., SealedEntry]


def test_what_is_appended_is_read_back_exactly(records: Records, db: None) -> None:
    first, second = records(["a", "b"], "w1"), records(["c"], "w2")
    store = SqlJournal()
    store.append([*first, *second])
    assert list(store.read()) == [*first, *second]
    assert [record.line() for record in store.read()] == [r.line() for r in [*first, *second]]


def test_a_writer_goes_on_from_its_last_record(records: Records, db: None) -> None:
    store = SqlJournal()
    assert store.tail("w1") is None
    first = records(["a"])
    store.append(first)
    assert store.tail("w1") == first[-1]
    store.append(records(["b"], last=store.tail("w1")))
    assert [record.sequence for record in store.read()] == [1, 2, 3, 4]


def test_reading_goes_page_by_page(records: Records, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "BATCH", 3)
    store = SqlJournal()
    store.append([*records(["a", "b", "c"], "w1"), *records(["d"], "w2")])
    assert [(r.writer, r.sequence) for r in store.read()] == [
        *(("w1", n) for n in range(1, 7)),
        *(("w2", n) for n in range(1, 3)),
    ]


def test_records_and_vault_are_kept_together(records: Records, sealed: Sealed, db: None) -> None:
    SqlJournal().append(records(["a"]), [sealed("A1"), sealed("B2")])
    assert (JournalRecord.objects.count(), VaultEntry.objects.count()) == (2, 2)


def test_a_failure_keeps_nothing(records: Records, sealed: Sealed, committed_db: None) -> None:
    store = SqlJournal()
    store.append(records(["a"]), [sealed("A1")])
    # The second batch holds a good record, new vault entries, and one record whose place is taken.
    taken = records(["a"])
    with pytest.raises(JournalError, match="EG-5001"):
        store.append([*records(["z"], "w9"), *taken], [sealed("B2")])
    assert [record.writer for record in store.read()] == ["w1", "w1"]
    assert VaultEntry.objects.count() == 1
    store.append(records(["b"], last=store.tail("w1")), [sealed("B2")])
    assert JournalRecord.objects.count() == 4


def test_something_else_than_a_sealed_entry_is_refused(records: Records, db: None) -> None:
    with pytest.raises(JournalError, match="EG-5001"):
        SqlJournal().append(records(["a"]), ["Mme Perrin"])
    assert not JournalRecord.objects.exists()


def test_two_writers_at_once_lose_nothing(records: Records, sealed: Sealed, committed_db: None) -> None:
    rounds, together = 20, Barrier(2)
    failures: list[BaseException] = []

    def write(writer: str) -> None:
        store, last = SqlJournal(), None
        together.wait()
        try:
            for number in range(rounds):
                batch = records([f"{writer}-{number}"], writer, last)
                store.append(batch, [sealed(f"{writer}{number}")])
                last = batch[-1]
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(name,)) for name in ("w1", "w2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    found = list(SqlJournal().read())
    assert [r.sequence for r in found if r.writer == "w1"] == list(range(1, 2 * rounds + 1))
    assert [r.sequence for r in found if r.writer == "w2"] == list(range(1, 2 * rounds + 1))
    assert VaultEntry.objects.count() == 2 * rounds


def test_two_processes_with_one_writers_name_cannot_fork_its_chain(
    records: Records, committed_db: None
) -> None:
    store = SqlJournal()
    store.append(records(["a"]))
    with pytest.raises(JournalError):
        store.append(records(["other"]))
    assert [record.entry.exchange for record in store.read()] == ["a", "a"]


def test_the_vault_gives_back_this_scope_only(sealed: Sealed, db: None) -> None:
    vault = SqlVault()
    one, two = sealed("A1"), sealed("B2", "M. Haddad")
    vault.save([one, two])
    assert vault.load(one.scope_id, [one.placeholder]) == [one]
    assert {e.placeholder for e in vault.load(one.scope_id, [one.placeholder, two.placeholder])} == {
        one.placeholder,
        two.placeholder,
    }
    assert vault.load("0" * 32, [one.placeholder]) == []
    assert vault.load(one.scope_id, []) == []


def test_the_last_value_saved_for_a_place_stays(sealed: Sealed, db: None) -> None:
    vault = SqlVault()
    old, new = sealed("A1"), sealed("A1")
    assert old.sealed != new.sealed
    vault.save([old])
    vault.save([new, new])
    assert vault.load(old.scope_id, [old.placeholder]) == [new]
    assert VaultEntry.objects.count() == 1


def test_a_thousand_names_at_once(sealed: Sealed, db: None) -> None:
    vault = SqlVault()
    many = [sealed(f"N{number}") for number in range(1200)]
    vault.save(many)
    assert len(vault.load(many[0].scope_id, [entry.placeholder for entry in many])) == 1200


def test_no_value_lies_in_clear(records: Records, sealed: Sealed, db: None) -> None:
    SqlJournal().append(records(["a"]), [sealed("A1", "Mme Perrin-Guillou")])
    with connections["journal"].cursor() as cursor:
        cursor.execute("SELECT * FROM journalling_vaultentry")
        assert "Perrin" not in repr(cursor.fetchall())


def test_old_values_are_forgotten(sealed: Sealed, db: None) -> None:
    SqlVault().save([sealed("A1")])
    now = datetime.now(UTC)
    assert purge_vault(30, now + timedelta(days=29)) == 0
    assert purge_vault(30, now + timedelta(days=31)) == 1


def test_the_journal_never_touches_the_database_of_the_pages(records: Records, db: None) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        SqlJournal().append(records(["a"]))
    assert len(asked) == 0
