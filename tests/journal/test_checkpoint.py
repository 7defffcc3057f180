from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from egide.errors import JournalError
from egide.journal import Entry, Pace, Signer, Verifier, chain, checkpoint
from egide.journal.checkpoint import CHECKPOINT, SEAL, statement

PACE = Pace(every=100, period=timedelta(minutes=10))


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [(0, 60, False), (1, 9, False), (1, 10, True), (99, 0, False), (100, 0, True), (500, 0, True)],
)
def test_a_checkpoint_is_due_after_enough_records_or_enough_time(
    now: datetime, since: int, minutes: int, due: bool
) -> None:
    assert PACE.due(since, now, now + timedelta(minutes=minutes)) is due


def test_a_checkpoint_signs_the_record_before_it(
    signer: Signer, now: datetime, exchange: Callable[..., list[Entry]]
) -> None:
    last = chain(None, "gateway-1", exchange("ex-1"))[-1]
    record = checkpoint(last, signer, now.astimezone(timezone(timedelta(hours=1))))
    assert (record.sequence, record.previous, record.entry.kind) == (3, last.hash, "checkpoint")
    assert record.entry.at == now.isoformat()
    details = record.entry.details
    assert details["key"] == signer.verifier.key_id
    content = statement(last, record.entry.at, signer.verifier.key_id)
    assert signer.verifier.signed(CHECKPOINT, content, str(details["signature"]))


def test_a_signature_holds_for_one_key_one_purpose_and_one_content(signer: Signer) -> None:
    signature = signer.sign(CHECKPOINT, {"a": 1})
    assert signer.verifier.signed(CHECKPOINT, {"a": 1}, signature)
    assert not signer.verifier.signed(SEAL, {"a": 1}, signature)
    assert not signer.verifier.signed(CHECKPOINT, {"a": 2}, signature)
    assert not Signer(bytes(32)).verifier.signed(CHECKPOINT, {"a": 1}, signature)
    assert not signer.verifier.signed(CHECKPOINT, {"a": 1}, "pas une signature")


def test_the_seed_never_shows(signer: Signer) -> None:
    assert signer.seed.hex() not in repr(signer)
    assert str(signer.seed) not in repr(signer)


@pytest.mark.parametrize("key", ["", "zz" * 32, "AB" * 32, "ab" * 31, " " + "ab" * 32, "a b" * 21 + "a"])
def test_a_public_key_is_64_hexadecimal_digits(key: str) -> None:
    with pytest.raises(JournalError, match="EG-5004"):
        Verifier(key)


def test_a_seed_is_32_bytes() -> None:
    with pytest.raises(JournalError, match="EG-5004"):
        Signer(b"trop court")
