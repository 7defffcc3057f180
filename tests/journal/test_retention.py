from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from egide.errors import JournalError
from egide.journal import Entry, Record, Report, Selection, Signer, chain, checkpoint, export_lines, verify
from egide.journal.chain import record_hash
from egide.journal.retention import WRITER, Start, digest, purge

Exchange = Callable[..., list[Entry]]
Verified = Callable[[Iterable[Record]], Report]


@pytest.fixture
def verified(signer: Signer, now: datetime) -> Verified:
    """What verifying an export of these records says."""

    def run(records: Iterable[Record]) -> Report:
        lines = "".join(export_lines(records, signer, now))
        return verify(io.BytesIO(lines.encode()), [signer.verifier])

    return run


@pytest.fixture
def chains(exchange: Exchange, signer: Signer, now: datetime) -> dict[str, list[Record]]:
    """Two writers of seven records each; the fifth is a checkpoint."""
    made = {}
    for writer in ("gateway-1", "gateway-2"):
        first = chain(None, writer, [*exchange(f"{writer}-a"), *exchange(f"{writer}-b")])
        signed = checkpoint(first[-1], signer, now)
        made[writer] = [*first, signed, *chain(signed, writer, exchange(f"{writer}-c"))]
    return made


@pytest.fixture
def shorten(signer: Signer, now: datetime) -> Callable[..., list[Record]]:
    """The purge records of these removals, chained."""

    def make(*removals: Sequence[Record]) -> list[Record]:
        purges: list[Record] = []
        for removed in removals:
            purges.append(purge(purges[-1] if purges else None, removed, signer, now, 365))
        return purges

    return make


@pytest.mark.parametrize("through", range(1, 8))
def test_what_is_left_verifies_wherever_the_purge_stopped(
    through: int, chains: dict[str, list[Record]], shorten: Callable[..., list[Record]], verified: Verified
) -> None:
    one, two = chains.values()
    report = verified([*shorten(one[:through]), *one[through:], *two])
    assert (report.purged, report.records) == (through, 1 + 7 - through + 7)
    told = {c.writer: (c.records, c.purged, c.uncovered) for c in report.chains}
    assert told["gateway-1"] == (7 - through, through, 2 if through < 5 else 7 - through)
    assert told[WRITER] == (1, 0, 0)


def test_purges_follow_each_other_over_two_writers(
    chains: dict[str, list[Record]], shorten: Callable[..., list[Record]], verified: Verified
) -> None:
    one, two = chains.values()
    purges = shorten(one[:2], two[:6], one[2:3])
    report = verified([*purges, *one[3:], *two[6:]])
    assert {c.writer: c.purged for c in report.chains} == {"gateway-1": 3, "gateway-2": 6, WRITER: 0}


def test_a_chain_goes_on_after_all_of_it_was_purged(
    chains: dict[str, list[Record]],
    shorten: Callable[..., list[Record]],
    exchange: Exchange,
    verified: Verified,
    signer: Signer,
    now: datetime,
) -> None:
    one = chains["gateway-1"]
    purges = shorten(one)
    stand_in = Start(7, one[-1].hash).stand_in("gateway-1")
    assert stand_in is not None
    signed = checkpoint(stand_in, signer, now)
    later = [signed, *chain(signed, "gateway-1", exchange("later"))]
    assert later[0].sequence == 8
    assert verified([*purges, *later]).purged == 7
    assert verified(purges).purged == 7


def test_the_purge_says_what_went_to_who_kept_an_older_export(
    chains: dict[str, list[Record]], shorten: Callable[..., list[Record]]
) -> None:
    one = chains["gateway-1"]
    (record,) = shorten(one[:4])
    details = record.entry.details
    assert (details["removed"], details["through"], details["days"]) == (4, 4, 365)
    assert (details["last_hash"], details["removed_digest"]) == (one[3].hash, digest(one[:4]))
    assert digest(one[:4]) != digest(one[:3])


def _attacks(purges: list[Record], one: list[Record], two: list[Record]) -> dict[str, list[Record]]:
    first, second = purges
    return {
        "removed without purge": [*purges, *one[5:], *two[2:]],
        "all purges taken out": [*one[4:], *two[2:]],
        "a purge taken out": [first, *one[4:], *two[2:]],
        "the first purge taken out": [second, *one[4:], *two[2:]],
        "purges in another order": [second, first, *one[4:], *two[2:]],
        "a purge doubled": [*purges, second, *one[4:], *two[2:]],
        "purges after the rest": [*one[4:], *two[2:], *purges],
        "purges between the writers": [*one[4:], *purges, *two[2:]],
        "what was purged comes back in part": [*purges, *one[3:], *two[2:]],
        "a record left out": [*purges, *one[4:5], *one[6:], *two[2:]],
        "a purge in another chain": [*purges, *one[4:], replace(first, writer="gateway-1"), *two[2:]],
        "an exchange in the chain of purges": [
            *purges,
            *chain(second, WRITER, [Entry("refused", "x", first.entry.at)]),
            *one[4:],
            *two[2:],
        ],
    }


@pytest.mark.parametrize("name", [
    "removed without purge", "all purges taken out", "a purge taken out", "the first purge taken out",
    "purges in another order", "a purge doubled", "purges after the rest", "purges between the writers",
    "what was purged comes back in part", "a record left out", "a purge in another chain",
    "an exchange in the chain of purges",
])  # fmt: skip
def test_an_attack_is_seen(
    name: str, chains: dict[str, list[Record]], shorten: Callable[..., list[Record]], verified: Verified
) -> None:
    one, two = chains.values()
    purges = shorten(one[:4], two[:2])
    assert verified([*purges, *one[4:], *two[2:]]).purged == 6
    with pytest.raises(JournalError, match="EG-5002"):
        verified(_attacks(purges, one, two)[name])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("removed", 5),
        ("through", 5),
        ("last_hash", "0" * 64),
        ("removed_digest", "0" * 64),
        ("days", 1),
        ("key", "0123456789abcdef"),
        ("signature", "0" * 128),
        ("through", None),
    ],
)
def test_an_altered_purge_is_seen_even_chained_anew(
    key: str,
    value: object,
    chains: dict[str, list[Record]],
    shorten: Callable[..., list[Record]],
    verified: Verified,
) -> None:
    one = chains["gateway-1"]
    (record,) = shorten(one[:4])
    entry = replace(record.entry, details={**record.entry.details, key: value})
    (forged,) = chain(None, WRITER, [entry])
    with pytest.raises(JournalError, match="purge"):
        verified([forged, *one[4:]])


def test_a_purge_by_another_key_is_refused(
    chains: dict[str, list[Record]], verified: Verified, now: datetime
) -> None:
    one = chains["gateway-1"]
    forged = purge(None, one[:5], Signer(bytes(32)), now, 365)
    with pytest.raises(JournalError, match="autre clé"):
        verified([forged, *one[5:]])


def test_a_signed_purge_does_not_move_to_another_chain_or_place(
    chains: dict[str, list[Record]], shorten: Callable[..., list[Record]], verified: Verified
) -> None:
    one, two = chains.values()
    (record,) = shorten(one[:4])
    entry = replace(record.entry, exchange="gateway-2")
    moved = replace(record, entry=entry, hash=record_hash(WRITER, 1, record.previous, entry))
    with pytest.raises(JournalError, match="signature de cette purge"):
        verified([moved, *one, *two[4:]])


def test_what_does_not_follow_is_not_purged(
    chains: dict[str, list[Record]], shorten: Callable[..., object]
) -> None:
    one, two = chains.values()
    for removed in ([], [one[0], one[2]], [one[0], two[1]]):
        with pytest.raises(JournalError, match="EG-5008"):
            shorten(removed)
    (record,) = shorten(one[:1])  # type: ignore[misc]
    with pytest.raises(JournalError, match="EG-5008"):
        shorten([record])


def test_a_part_of_a_purged_journal_tells_of_the_purges(
    chains: dict[str, list[Record]], shorten: Callable[..., list[Record]], signer: Signer, now: datetime
) -> None:
    one, two = chains.values()
    records = [*shorten(one[:4]), *one[4:], *two]
    part = "".join(export_lines(records, signer, now, Selection(person="7")))
    assert json.loads(part.splitlines()[1])["kind"] == "purge"
    report = verify(io.BytesIO(part.encode()), [signer.verifier])
    assert (report.purged, report.records) == (4, 1 + 2 + 6)
