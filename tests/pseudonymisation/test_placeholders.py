from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.detection import LABELS
from egide.pseudonymisation.placeholders import ALPHABET, SIZE, code, placeholder, well_formed


@given(st.binary(min_size=32, max_size=32), st.sampled_from(list(LABELS)), st.text())
def test_a_code_mixes_letters_and_digits_of_a_clear_alphabet(key: bytes, label: str, value: str) -> None:
    found = code(key, label, value)
    assert len(found) == SIZE
    assert set(found) <= set(ALPHABET)
    assert found[0].isdigit()
    assert any(letter.isalpha() for letter in found)
    assert found == code(key, label, value)


def test_codes_hang_on_key_label_value_and_attempt() -> None:
    key = bytes(32)
    base = code(key, "PERSON", "Jean")
    others = {
        code(b"\1" * 32, "PERSON", "Jean"),
        code(key, "PHONE", "Jean"),
        code(key, "PERSON", "jean"),
        code(key, "PERSON", "Jean", attempt=1),
    }
    assert base not in others
    assert len(others) == 4


def test_codes_spread_over_the_whole_alphabet() -> None:
    codes = [code(bytes(32), "PERSON", str(n)) for n in range(3000)]
    assert len(set(codes)) == len(codes)
    assert {letter for one in codes for letter in one} == set(ALPHABET)


def test_words_and_numbers_are_no_codes() -> None:
    assert not well_formed("MAISON")
    assert not well_formed("234567")
    assert well_formed("7K4Q2M")


def test_every_label_gives_a_short_placeholder_in_plain_letters() -> None:
    for label in LABELS:
        shown = placeholder(label, "7K4Q2M")
        assert shown.startswith("[")
        assert shown.endswith("_7K4Q2M]")
        assert len(shown) <= 20
        assert shown[1:-8].isascii()
