from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

import pytest

from egide.errors import JournalError
from egide.journal import Entry, Record, Signer, chain, checkpoint
from egide.journal.record import Kind
from egide.journal.walk import ChainReport, Walk, broken

AT = "2026-11-24T09:30:00Z"


def _walk(signer: Signer, records: Iterable[Record]) -> ChainReport:
    walk = Walk("gateway-1", {signer.verifier.key_id: signer.verifier})
    for record in records:
        walk.step(record)
    return walk.report()


def test_it_tells_what_is_covered_and_what_is_unfinished(
    signer: Signer, now: datetime, exchange: Callable[..., list[Entry]]
) -> None:
    records = chain(None, "gateway-1", exchange("ex-1"))
    records.append(checkpoint(records[-1], signer, now))
    records += chain(records[-1], "gateway-1", [Entry("opened", "ex-2", AT), Entry("refused", "ex-3", AT)])
    report = _walk(signer, records)
    assert report == ChainReport("gateway-1", records=5, checkpoint=3, unfinished=1)
    assert report.uncovered == 2


@pytest.mark.parametrize(
    ("kinds", "sequence"),
    [
        ([("closed", "a")], 1),
        ([("opened", "a"), ("opened", "a")], 2),
        ([("opened", "a"), ("closed", "a"), ("closed", "a")], 3),
        ([("opened", "a"), ("closed", "a"), ("opened", "a")], 3),
        ([("refused", "a"), ("closed", "a")], 2),
        ([("opened", "a"), ("refused", "a")], 2),
        ([("moved", "a")], 1),
        ([("opened", "a"), ("closed", "a"), ("moved", "a")], 3),
        ([("refused", "a"), ("moved", "a")], 2),
    ],
)
def test_an_exchange_opens_once_and_ends_once(
    signer: Signer, kinds: list[tuple[str, str]], sequence: int
) -> None:
    entries = [Entry(kind, name, AT) for kind, name in kinds]  # type: ignore[arg-type]
    with pytest.raises(JournalError) as found:
        _walk(signer, chain(None, "gateway-1", entries))
    assert found.value.fields["sequence"] == sequence
    assert found.value.fields["writer"] == "gateway-1"


def test_an_exchange_may_move_to_other_providers_while_it_is_open(signer: Signer) -> None:
    kinds: tuple[Kind, ...] = ("opened", "moved", "moved", "closed")
    records = chain(None, "gateway-1", [Entry(kind, "a", AT) for kind in kinds])
    assert _walk(signer, records) == ChainReport("gateway-1", records=4, checkpoint=0, unfinished=0)


def test_a_checkpoint_of_another_key_is_refused(
    signer: Signer, now: datetime, exchange: Callable[..., list[Entry]]
) -> None:
    records = chain(None, "gateway-1", exchange("ex-1"))
    forged = checkpoint(records[-1], Signer(bytes(32)), now)
    with pytest.raises(JournalError, match="autre clé"):
        _walk(signer, [*records, forged])


def test_a_chain_rewritten_whole_is_caught_by_its_checkpoint(
    signer: Signer, now: datetime, exchange: Callable[..., list[Entry]]
) -> None:
    true = chain(None, "gateway-1", exchange("ex-1"))
    signed = checkpoint(true[-1], signer, now)
    false = chain(None, "gateway-1", exchange("ex-1", action="allow"))
    (rewritten,) = chain(false[-1], "gateway-1", [signed.entry])
    with pytest.raises(JournalError, match="signature de ce point de contrôle"):
        _walk(signer, [*false, rewritten])


def test_each_kind_of_damage_is_named(signer: Signer, exchange: Callable[..., list[Entry]]) -> None:
    first, second = chain(None, "gateway-1", exchange("ex-1"))
    changed = replace(first, entry=replace(first.entry, exchange="ex-9"))
    for records, reason in (
        ([second], "enregistrement 1 était attendu"),
        ([changed], "contenu a été modifié"),
        ([first, replace(second, previous="0" * 64)], "ne suit pas"),
        ([replace(first, hash="0" * 64)], "contenu a été modifié"),
    ):
        with pytest.raises(JournalError, match=reason):
            _walk(signer, records)


def test_a_strange_writer_is_not_repeated() -> None:
    assert "Dupont" not in str(broken("raison", "Jean Dupont", 1))
