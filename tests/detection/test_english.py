"""A letter in English is read as a French one is: by the rules alone, without the name model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection import Detector
from egide.detection.recogniser import discover
from egide.detection.recognisers import phone_english
from egide.detection.view import View

DETECTOR = Detector(sources=discover())
LETTER = """Dear Mr Smith,

Please update our file: Mrs Jane Harrison was born on 12th March 1984 and lives at 221B Baker Street,
London NW1 6XE. Her National Insurance number is JG 10 37 59 A, her NHS number 943 476 5919 and her UTR
19558 39661. Call her on 020 7946 0958 or 07700 900123. The firm is registered in England (No. 01234567).
The password is Summer2024! and the door code is 7733.

Yours sincerely,
Oliver Bennett
"""
# Business English that is nobody's data.
PLAIN = """
Please find attached the invoice for 12 pallets
The password is required and must be at least 12 characters long
The PIN must be changed every 90 days
Our company shipped 12345678 parts in 2024
The board met on 12th March 2024 at 10:30
See chapter 3, page 12, and order SC123456
The error code is 404, the zip code is 90210
The NHS trust and the UTR office are closed on Monday
Best regards from the whole team
""".strip().splitlines()


def found(text: str) -> set[tuple[str, str]]:
    return {(f.label, text[f.start : f.end]) for f in DETECTOR.detect(text)}


def test_a_letter_in_english_is_read_whole() -> None:
    values = found(LETTER)
    assert {
        ("PERSON", "Smith"),
        ("PERSON", "Jane Harrison"),
        ("DATE_OF_BIRTH", "12th March 1984"),
        ("NIR", "JG 10 37 59 A"),
        ("NIR", "943 476 5919"),
        ("TAX_NUMBER", "19558 39661"),
        ("PHONE", "020 7946 0958"),
        ("PHONE", "07700 900123"),
        ("SIREN", "01234567"),
        ("SECRET", "Summer2024!"),
        ("SECRET", "7733"),
        ("PERSON", "Oliver Bennett"),
    } <= values
    assert any(label == "ADDRESS" and "NW1 6XE" in value for label, value in values)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_business_english_is_left_alone(text: str) -> None:
    assert {value for value in found(text) if value[0] not in ("CONTRACT_REF", "AMOUNT")} == set()


@given(
    st.sampled_from([(5, 6), (5, 3, 3), (3, 4, 4), (4, 3, 4)]),
    st.from_regex(r"0[12378][0-9]{9}", fullmatch=True),
)
def test_british_phone_in_its_groups(sizes: tuple[int, ...], digits: str) -> None:
    at, parts = 0, []
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    written = " ".join(parts)
    text = f"({written}) today"
    assert [text[f.start : f.end] for f in phone_english.RECOGNISER.find(View(text))] == [written]
    assert list(phone_english.RECOGNISER.find(View(digits))) == []
