from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.workspace.assistant.offsets import Utf16Offsets, well_formed


def as_javascript(text: str, start: int, end: int) -> str:
    """What ``text.slice(start, end)`` gives in a browser."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_an_emoji_before_a_name_moves_it_by_two_units() -> None:
    text = "😀👩‍👧 Bonjour, je suis Zoé Lefèvre 🎉 à Nîmes."
    start = text.index("Zoé")
    offset = Utf16Offsets(text)
    assert as_javascript(text, offset(start), offset(start + 11)) == "Zoé Lefèvre"
    assert offset(start) == start + 3


def test_accents_and_no_break_spaces_count_for_one() -> None:
    text = "Étienne\u00a0: 12\u202f000\u00a0€"
    assert [Utf16Offsets(text)(i) for i in range(len(text))] == list(range(len(text)))


@given(st.text(), st.data())
def test_any_span_of_any_text_is_the_same_span_in_the_browser(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset = Utf16Offsets(text)
    assert as_javascript(text, offset(start), offset(end)) == text[start:end]


def test_a_lone_surrogate_is_replaced_by_one_unit() -> None:
    assert well_formed("a\ud83dé") == "a\ufffdé"
    assert well_formed("a😀é") == "a😀é"
