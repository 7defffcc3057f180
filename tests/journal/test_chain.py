from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest

from egide.errors import JournalError
from egide.journal import GENESIS, Entry, chain
from egide.journal.chain import canonical, read_line

AT = "2026-11-24T09:30:00Z"


def test_each_record_holds_the_hash_of_the_one_before(exchange: Callable[..., list[Entry]]) -> None:
    first, second = chain(None, "gateway-1", exchange("ex-1"))
    (third,) = chain(second, "gateway-1", [Entry("refused", "ex-2", AT)])
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [GENESIS, first.hash, second.hash]


def test_the_hash_can_be_computed_by_anyone_from_the_published_rule() -> None:
    (record,) = chain(None, "gateway-1", [Entry("refused", "ex-1", AT, {"labels": {"NIR": 1, "IBAN": 2}})])
    content = json.loads(record.line())
    assert content.pop("hash") == record.hash
    again = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(again.encode()).hexdigest() == record.hash


def test_the_writer_the_place_and_the_content_all_count() -> None:
    entry, other = Entry("refused", "ex-1", AT), Entry("refused", "ex-1", AT, {"tokens": 1})
    (base,) = chain(None, "a", [entry])
    hashes = {base.hash, chain(None, "b", [entry])[0].hash, chain(None, "a", [other])[0].hash}
    hashes.add(chain(base, "a", [entry])[0].hash)
    assert len(hashes) == 4


def test_one_refused_entry_refuses_all(exchange: Callable[..., list[Entry]]) -> None:
    with pytest.raises(JournalError, match="EG-5003"):
        chain(None, "gateway-1", [*exchange("ex-1"), Entry("refused", "ex-2", AT, {"note": "Dupont"})])


@pytest.mark.parametrize("writer", ["", "un écrivain", "gateway-2"])
def test_a_chain_goes_on_only_with_its_own_writer(writer: str) -> None:
    (record,) = chain(None, "gateway-1", [Entry("refused", "ex-1", AT)])
    with pytest.raises(JournalError, match="EG-5001"):
        chain(record, writer, [Entry("refused", "ex-2", AT)])


def test_a_line_reads_back_to_its_record(exchange: Callable[..., list[Entry]]) -> None:
    for record in chain(None, "gateway-1", exchange("ex-1", upstream_ms=0.1)):
        assert read_line(record.line()) == record


LINE = (
    '{"at":"a","details":{},"exchange":"e","hash":"h","kind":"opened",'
    '"previous":"p","sequence":1,"writer":"w"}'
)


def test_the_form_of_a_line_is_the_one_altered_below() -> None:
    assert read_line(LINE).line() == LINE


@pytest.mark.parametrize(
    "line",
    [
        "",
        "null",
        "[]",
        "{}",
        LINE.replace('"a"', "1"),
        LINE.replace("{}", "[]"),
        LINE.replace("{}", '{"n":NaN}'),
        LINE.replace('"sequence":1', '"sequence":true'),
        LINE.replace('"sequence":1', '"sequence":1.0'),
        LINE.replace('"w"', '"w" '),
        LINE.replace('"w"', '"w","x":1'),
        LINE.replace('"w"', '"\\u0077"'),
        LINE.replace('"at":"a"', '"at":"a","at":"a"'),
        LINE.replace('"hash":"h",', ""),
    ],
)
def test_only_the_exact_form_of_a_line_is_read(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (JSON's own errors are ValueErrors too)
        read_line(line)


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"n": float("nan")})
