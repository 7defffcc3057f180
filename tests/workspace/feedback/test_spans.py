from __future__ import annotations

import pytest

from egide.workspace.feedback.spans import spans


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("Morvan", "Morvan", ["Morvan"]),
        ("😀 Chez MORVAN, puis Morvan.", "morvan", ["MORVAN", "Morvan"]),
        ("Zoé, zoe", "Zoé", ["Zoé", "zoe"]),
        ("Rose aime les roses.", "Rose", ["Rose"]),
        ("Les roses.", "Rose", ["rose"]),
        ("Rien.", "Rose", []),
    ],
)
def test_a_value_is_found_where_it_stands(text: str, value: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, value)] == found
