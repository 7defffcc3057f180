from __future__ import annotations

import pytest

from egide.workspace.training.codes import LENGTH, new_code, read, written


def test_a_code_is_never_the_same_and_is_read_as_it_is_written() -> None:
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(read(written(code)) == code and len(code) == LENGTH for code in made)


def test_a_code_is_read_as_people_type_it() -> None:
    code = "01" * 13
    assert read(f" {code.lower()} ") == code
    assert read("OI" * 13) == code
    assert read("ol ol-" * 6 + "OL") == code


@pytest.mark.parametrize("typed", ["", "0", "0" * 27, "U" * 26, "é" * 26, "' OR 1=1 --", "\x00" * 26])
def test_what_is_no_code_is_nothing(typed: str) -> None:
    assert read(typed) == ""
