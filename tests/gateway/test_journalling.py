from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from egide.errors import JournalError
from egide.gateway.journalling import Journalling
from egide.journal import Entry, MemoryJournal, Pace, Record, Signer
from egide.journal.walk import Walk
from egide.pseudonymisation import SealedEntry

AT = "2026-11-24T09:30:00+00:00"
SIGNER = Signer(b"k" * 32)


class Faulty(MemoryJournal):
    """Fails the next writes: ``lost`` before keeping anything, ``kept`` after having kept all."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.batches: list[int] = []
        self.kept: list[object] = []

    def append(self, records: Sequence[Record], vault: Sequence[object] = ()) -> None:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost":
            raise OSError("disk full")
        super().append(records, vault)
        self.batches.append(len(records))
        self.kept += vault
        if fault == "kept":
            raise OSError("the answer of the database was lost")


@pytest.fixture
def store() -> Faulty:
    return Faulty()


@pytest.fixture
async def journal(store: Faulty) -> AsyncIterator[Journalling]:
    journal = Journalling(store, "gateway-1", SIGNER)
    journal.start()
    yield journal
    await journal.stop()


def opened(name: str) -> Entry:
    return Entry("opened", name, AT)


def closed(name: str) -> Entry:
    return Entry("closed", name, AT)


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not reached():  # noqa: ASYNC110 - done by a thread that tells nobody
            await asyncio.sleep(0.01)


def kinds(store: Faulty) -> list[tuple[str, str]]:
    return [(r.entry.kind, r.entry.exchange) for r in store.read() if r.entry.kind != "checkpoint"]


def assert_verifies(store: Faulty) -> None:
    walk = Walk("gateway-1", {SIGNER.verifier.key_id: SIGNER.verifier})
    for record in store.read():
        walk.step(record)


async def test_many_notes_are_written_a_few_at_a_time_and_in_order(
    store: Faulty, journal: Journalling
) -> None:
    names = [f"ex-{number}" for number in range(300)]
    for name in names:
        journal.note(opened(name))
    await until(lambda: sum(store.batches) >= 300)
    assert kinds(store) == [("opened", name) for name in names]
    assert max(store.batches) <= 16
    assert_verifies(store)


async def test_a_failure_after_a_success_loses_no_note(store: Faulty, journal: Journalling) -> None:
    for number in range(3):
        journal.note(opened(f"ex-{number}"))
    await journal.flush()
    for number in range(3):
        journal.keep(lambda number=number: [number])  # type: ignore[misc]
    store.faults = ["lost"]
    with pytest.raises(JournalError):
        await journal.flush()
    await journal.flush()
    assert store.kept == [0, 1, 2]
    assert_verifies(store)


async def test_a_flush_waits_for_every_note(store: Faulty, journal: Journalling) -> None:
    for number in range(1_300):
        journal.note(opened(f"ex-{number}"))
    await journal.flush()
    assert len(kinds(store)) == 1_300


async def test_what_is_awaited_is_written(store: Faulty, journal: Journalling) -> None:
    await journal.write(opened("ex-1"))
    assert kinds(store) == [("opened", "ex-1")]


async def test_many_at_once_share_a_write(store: Faulty, journal: Journalling) -> None:
    await asyncio.gather(*(journal.write(opened(f"ex-{n}")) for n in range(200)))
    assert len(kinds(store)) == 200
    assert len(store.batches) < 100
    assert_verifies(store)


async def test_notes_are_written_before_the_end(store: Faulty) -> None:
    journal = Journalling(store, "gateway-1", SIGNER)
    journal.start()
    await journal.write(opened("ex-1"))
    journal.note(closed("ex-1"))
    await journal.stop()
    assert kinds(store) == [("opened", "ex-1"), ("closed", "ex-1")]
    assert [r.entry.kind for r in store.read()][-1] == "checkpoint"
    assert_verifies(store)


async def test_sealed_values_are_kept_with_what_is_written(store: Faulty) -> None:
    sealed = SealedEntry("s", "a" * 32, "PERSON", b"x")
    journal = Journalling(store, "gateway-1", SIGNER)
    journal.start()
    journal.keep(lambda: [sealed])
    await journal.write(opened("ex-1"))
    await journal.stop()
    assert store.kept == [sealed]
    assert_verifies(store)


async def test_a_failed_write_is_told_and_the_next_one_goes_on(store: Faulty, journal: Journalling) -> None:
    store.faults = ["lost"]
    with pytest.raises(JournalError) as failed:
        await journal.write(opened("ex-1"))
    assert failed.value.code == "EG-5001"
    await journal.write(opened("ex-2"))
    assert kinds(store) == [("opened", "ex-2")]
    assert_verifies(store)


async def test_a_note_survives_a_failure(store: Faulty, journal: Journalling) -> None:
    await journal.write(opened("ex-1"))
    store.faults = ["lost"]
    journal.note(closed("ex-1"))
    await until(lambda: ("closed", "ex-1") in kinds(store))
    assert kinds(store).count(("closed", "ex-1")) == 1
    assert_verifies(store)


async def test_a_write_that_seemed_to_fail_is_not_doubled(store: Faulty, journal: Journalling) -> None:
    await journal.write(opened("ex-1"))
    store.faults = ["kept"]
    journal.note(closed("ex-1"))
    await until(lambda: not store.faults)
    await journal.write(opened("ex-2"))
    assert kinds(store) == [("opened", "ex-1"), ("closed", "ex-1"), ("opened", "ex-2")]
    assert_verifies(store)


async def test_the_chain_goes_on_after_a_restart(store: Faulty) -> None:
    for name in ("ex-1", "ex-2"):
        journal = Journalling(store, "gateway-1", SIGNER)
        journal.start()
        await journal.write(opened(name))
        await journal.stop()
    assert kinds(store) == [("opened", "ex-1"), ("opened", "ex-2")]
    assert_verifies(store)


async def test_a_checkpoint_is_signed_at_its_pace(store: Faulty) -> None:
    moments = iter(datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=n) for n in range(1000))
    journal = Journalling(
        store, "gateway-1", SIGNER, pace=Pace(period=timedelta(minutes=3)), now=lambda: next(moments)
    )
    journal.start()
    for n in range(8):
        await journal.write(opened(f"ex-{n}"))
    await journal.stop()
    signed = [r.sequence for r in store.read() if r.entry.kind == "checkpoint"]
    assert len(signed) >= 2
    assert_verifies(store)


async def test_a_value_is_refused_at_the_door_and_harms_nobody(store: Faulty, journal: Journalling) -> None:
    with pytest.raises(JournalError) as refused:
        journal.write(Entry("opened", "ex-1", AT, {"note": "Solenne Garrigou"}))
    assert refused.value.code == "EG-5003"
    await journal.write(opened("ex-2"))
    assert kinds(store) == [("opened", "ex-2")]


async def test_nothing_is_accepted_before_the_start(store: Faulty) -> None:
    with pytest.raises(JournalError):
        await Journalling(store, "gateway-1").write(opened("ex-1"))
