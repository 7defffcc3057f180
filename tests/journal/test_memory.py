from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from egide.errors import JournalError
from egide.journal import Entry, JournalStore, MemoryJournal, chain


def test_records_come_back_writer_by_writer_in_order(journal: MemoryJournal) -> None:
    read = [(record.writer, record.sequence) for record in journal.read()]
    assert read == [("gateway-1", n) for n in range(1, 8)] + [("gateway-2", n) for n in range(1, 4)]
    tail = journal.tail("gateway-1")
    assert tail is not None
    assert tail.sequence == 7
    assert journal.tail("inconnu") is None


def test_it_is_a_journal_store(journal: MemoryJournal) -> None:
    store: JournalStore = journal
    assert store.tail("gateway-2") is not None


def test_records_and_vault_are_kept_together_or_not_at_all(exchange: Callable[..., list[Entry]]) -> None:
    store = MemoryJournal()
    records = chain(None, "gateway-1", exchange("ex-1"))
    bad = replace(records[1], hash="0" * 64)
    with pytest.raises(JournalError, match="EG-5001"):
        store.append([records[0], bad], ["scellé"])
    assert (list(store.read()), store.vault) == ([], [])
    store.append(records, ["scellé"])
    assert (list(store.read()), store.vault) == (records, ["scellé"])


@pytest.mark.parametrize("start", [1, 0])
def test_a_record_out_of_its_place_is_refused(exchange: Callable[..., list[Entry]], start: int) -> None:
    store = MemoryJournal()
    records = chain(None, "gateway-1", exchange("ex-1"))
    if start == 0:
        store.append(records)
    with pytest.raises(JournalError, match="EG-5001"):
        store.append(records[start:])
