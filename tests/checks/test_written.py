"""How a document is read, character by character; with values in it: see ``test_withholding``."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.checks import JsonReader, Withholder, plain


def read(source: str, size: int = 7) -> str:
    reader = JsonReader()
    pieces = (source[at : at + size] for at in range(0, len(source), size))
    units = [unit for piece in pieces for unit in reader.feed(piece)]
    return "".join(unit.read for unit in [*units, *reader.close()])


@pytest.mark.parametrize("size", [1, 2, 5, 6, 11, 100])
@pytest.mark.parametrize("form", [{}, {"separators": (",", ": ")}, {"ensure_ascii": False}, {"indent": 1}])
def test_a_name_stands_before_its_value_and_each_value_on_its_line(form: Any, size: int) -> None:
    document = {"nom": "Garrigou", "lignes": [{"tel": 6}, 'é\n😀"']}
    assert read(json.dumps(document, **form), size) == '\n nom: Garrigou\n lignes:\n\n tel: 6\n\n é\n😀"\n\n'


def test_kinds_say_what_may_be_replaced_and_how() -> None:
    units = list(JsonReader().feed('{"a": "b", "c": 12}'))
    assert "".join(unit.kind for unit in units) == "sstsstsstssnns"
    assert [unit.kind for unit in plain("ab")] == ["t", "t"]


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
ANY = st.recursive(
    LEAVES,
    lambda kids: st.lists(kids, max_size=4) | st.dictionaries(st.text(max_size=8), kids, max_size=4),
    max_leaves=20,
)


@given(ANY, st.booleans(), st.integers(1, 9))
def test_any_document_without_values_is_given_as_it_is(document: object, escaped: bool, size: int) -> None:
    source = json.dumps(document, ensure_ascii=escaped)
    one, reader = Withholder(lambda window: (), lambda label, value: None), JsonReader()
    out = [p for at in range(0, len(source), size) for p in one.feed(reader.feed(source[at : at + size]))]
    assert "".join(p.text for p in [*out, *one.feed(reader.close()), *one.close()]) == source


@pytest.mark.parametrize(
    "source", ['{"a": "\\ud83d', '{"a": "\\u00', '{"a', '"a"b"', '{"a": tru', "\\", '"\\x"', '{"a":1} x']
)
def test_what_is_no_document_is_given_as_it_came(source: str) -> None:
    one, reader = Withholder(lambda window: (), lambda label, value: None), JsonReader()
    out = [p for char in source for p in one.feed(reader.feed(char))]
    assert "".join(p.text for p in [*out, *one.feed(reader.close()), *one.close()]) == source
