from __future__ import annotations

import pytest

from egide.errors import JournalError
from egide.journal import Entry, check_details
from egide.journal.details import check_entry, is_identifier

AT = "2026-11-24T09:30:00.123456+00:00"


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"person": "7", "usage": "redaction", "policy": "prudent-8a5bd95648ab"},
        {"model": "mistral-large-2411"},
        {"model": "meta-llama/Llama-3.1-70B-Instruct"},
        {"model": "claude-sonnet-4-5-20250929"},
        {"model": "gpt-4o-2024-08-06"},
        {"key_id": "018f3c1e-aaaa-7bbb-8ccc-0123456789ab"},
        {"request_hash": "0" * 64, "signature": "ab" * 64},
        {
            "labels": {"PERSON": 3, "NIR": 1},
            "tokens": 12,
            "upstream_ms": 1.5,
            "streamed": True,
            "error": None,
        },
    ],
)
def test_identifiers_counts_and_hashes_enter(details: dict[str, object]) -> None:
    check_details(details)


@pytest.mark.parametrize(
    "details",
    [
        {"text": "bonjour"},
        {"model": "Jean Dupont"},
        {"person": "jean.dupont@exemple.fr"},
        {"person": "06 12 34 56 78"},
        {"person": "0612345678"},
        {"person": "06.12.34.56.78"},
        {"key_id": "33612345678"},
        {"provider": "1840575123456"},
        {"provider": "184057512345678"},
        {"usage": "FR7630006000011234567890189"},
        {"usage": "732829320"},
        {"usage": "73282932000074"},
        {"usage": "4970101234567890".replace("7890", "7893")},
        {"request_hash": "Dupont"},
        {"person": ""},
        {"person": "x" * 129},
        {"person": "évariste"},
        {"labels": {"Jean Dupont": 1}},
        {"labels": {"PERSON": "Dupont"}},
        {"labels": {"PERSON": {"Dupont": 1}}},
        {"labels": ["Dupont"]},
        {"labels": {1: 1}},
        {"une clé": 1},
        {1: 1},
        {"person": b"7"},
        {"tokens": float("nan")},
        {"tokens": float("inf")},
        {"tokens": 2**53},
        {"tokens": 1e300},
        {f"k{n}": n for n in range(65)},
    ],
)
def test_anything_that_could_be_a_value_is_refused_without_being_repeated(details: dict[str, object]) -> None:
    with pytest.raises(JournalError) as refusal:
        check_details(details)
    assert refusal.value.code == "EG-5003"
    assert not any(word in str(refusal.value) for word in ("Dupont", "dupont", "612", "evariste", "bonjour"))


def test_an_ordinary_sixteen_digit_number_without_check_digit_may_be_an_identifier() -> None:
    assert is_identifier("1234567890123456")
    assert not is_identifier("1234567890123452")


@pytest.mark.parametrize(
    "entry",
    [
        Entry("opened", "", AT),
        Entry("opened", "un échange", AT),
        Entry("checkpoint", "ex-1", AT),
        Entry("other", "ex-1", AT),  # type: ignore[arg-type]
        Entry("opened", "ex-1", "hier"),
        Entry("opened", "ex-1", "2026-11-24 09:30:00+00:00"),
        Entry("opened", "ex-1", "2026-11-24T09:30:00+01:00"),
    ],
)
def test_an_entry_needs_a_kind_an_exchange_and_a_moment(entry: Entry) -> None:
    with pytest.raises(JournalError):
        check_entry(entry)


@pytest.mark.parametrize("at", [AT, "2026-11-24T09:30:00Z", "2026-11-24T09:30:00+00:00"])
def test_moments_are_utc(at: str) -> None:
    check_entry(Entry("refused", "ex-1", at))
