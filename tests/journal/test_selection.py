from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime

import pytest

from egide.errors import JournalError
from egide.journal import Entry, Selection, Signer, chain, checkpoint, export_lines, verify

DAYS = ("2026-11-23T22:59:59+00:00", "2026-11-23T23:00:00+00:00", "2026-11-24T22:59:59.5+00:00")


@pytest.fixture
def lines(signer: Signer, now: datetime) -> Callable[..., list[bytes]]:
    """Three exchanges on two days, by two people; the last one ends after the day."""

    def export(**asked: str) -> list[bytes]:
        entries = []
        for number, at in enumerate(DAYS):
            told = {"person": f"p{number % 2}", "usage": "devis"}
            entries += [Entry("opened", f"ex-{number}", at, told)]
        ends = [Entry("closed", f"ex-{n}", "2026-11-25T10:00:00+00:00", {"status": "done"}) for n in range(3)]
        records = chain(None, "w1", [*entries, *ends])
        records.append(checkpoint(records[-1], signer, now))
        return [line.encode() for line in export_lines(records, signer, now, Selection(**asked))]

    return export


@pytest.mark.parametrize(
    ("asked", "exchanges"),
    [
        ({"person": "p0"}, ["ex-0", "ex-2"]),
        ({"person": "p1", "usage": "devis"}, ["ex-1"]),
        ({"usage": "autre"}, []),
        ({"since": "2026-11-23T23:00:00+00:00"}, ["ex-1", "ex-2"]),
        ({"until": "2026-11-23T23:00:00+00:00"}, ["ex-0"]),
        ({"since": "2026-11-23T23:00:00+00:00", "until": "2026-11-24T23:00:00+00:00"}, ["ex-1", "ex-2"]),
    ],
)
def test_exchanges_that_match_are_there_whole(
    asked: dict[str, str], exchanges: list[str], lines: Callable[..., list[bytes]], signer: Signer
) -> None:
    written = lines(**asked)
    records = [json.loads(line) for line in written[1:-1]]
    assert [(r["kind"], r["exchange"]) for r in records] == [
        *(("opened", name) for name in exchanges),
        *(("closed", name) for name in exchanges),
    ]
    report = verify(io.BytesIO(b"".join(written)), [signer.verifier])
    assert (report.records, report.selection) == (2 * len(exchanges), Selection(**asked))


@pytest.mark.parametrize("asked", [{"person": "p0"}, {"until": "2026-11-23T23:00:00+00:00"}])
def test_any_change_of_a_part_is_detected(
    asked: dict[str, str], lines: Callable[..., list[bytes]], signer: Signer
) -> None:
    written = lines(**asked)
    content = b"".join(written)
    for place in range(len(content)):
        altered = bytearray(content)
        altered[place] ^= 1
        with pytest.raises(JournalError):
            verify(io.BytesIO(bytes(altered)), [signer.verifier])
    for place in range(len(written)):
        with pytest.raises(JournalError):
            verify(io.BytesIO(b"".join(written[:place] + written[place + 1 :])), [signer.verifier])


def test_a_part_is_not_taken_for_the_whole(lines: Callable[..., list[bytes]], signer: Signer) -> None:
    whole, part = lines(), lines(person="p0")
    for head, body in ((whole[:1], part[1:]), (part[:1], whole[1:])):
        with pytest.raises(JournalError, match="EG-5002"):
            verify(io.BytesIO(b"".join([*head, *body])), [signer.verifier])


@pytest.mark.parametrize(
    "asked",
    [
        {"person": "julie@exemple.fr"},
        {"person": "Julie Petit"},
        {"usage": "06 12 34 56 78"},
        {"since": "hier"},
        {"since": "2026-13-40T00:00:00+00:00"},
        {"until": "2026-11-24"},
        {"until": "2026-11-24T00:00:00+01:00"},
    ],
)
def test_a_filter_that_the_journal_cannot_hold_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(JournalError, match="EG-5006") as found:
        Selection(**asked)
    assert next(iter(asked.values())) not in str(found.value)


@pytest.mark.parametrize(
    "head", ["null", "[]", '{"filter":3}', '{"filter":{"x":"y"}}', '{"filter":{"person":4}}']
)
def test_a_false_header_is_no_export(head: str, signer: Signer) -> None:
    with pytest.raises(JournalError, match="EG-5005"):
        verify(io.BytesIO(f"{head}\n".encode()), [signer.verifier])
