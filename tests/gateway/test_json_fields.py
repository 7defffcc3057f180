from __future__ import annotations

import json
from typing import Any

import pytest

from egide.errors import GatewayError
from egide.gateway.json_fields import Json, JsonText, Schema
from egide.gateway.slots import Kind, Slot, Walk


def walked(node: Any, value: Any) -> tuple[dict[str, Any], Walk]:
    walk, holder = Walk(lambda identifier: identifier), {}
    holder["x"] = node.read(value, "f", walk, lambda text: holder.__setitem__("x", text))
    return holder, walk


def slots(walk: Walk) -> dict[str, Slot]:
    return {slot.path: slot for passage in walk.passages for slot in passage.slots}


def test_leaves_are_read_behind_their_keys() -> None:
    _, walk = walked(
        Json(), {"nom_client": "Dupont", "tel": ["06", {"fixe": 5}], "actif": True, "note": None}
    )
    (passage,) = walk.passages
    assert passage.text == "\nnom client : Dupont\ntel : 06\nfixe : 5\nactif\nnote"


def test_leaves_keys_and_numbers_are_written_back() -> None:
    holder, walk = walked(Json(), {"Dupont": {"compte": 5, "liste": ["a", "b"]}, "x": 1.5})
    found = {slot.text: slot for passage in walk.passages for slot in passage.slots}
    found["Dupont"].put("[P]")
    found["5"].put("[N]")
    found["b"].put("[B]")
    walk.finish()
    assert holder["x"] == {"[P]": {"compte": "[N]", "liste": ["a", "[B]"]}, "x": 1.5}
    assert list(holder["x"]) == ["[P]", "x"]


def test_a_json_string_is_dumped_again() -> None:
    holder, walk = walked(JsonText(), '{"nom": "Dupont \\u00e9", "n": 3}')
    slots(walk)["f.nom"].put('[P] "x"')
    walk.finish()
    assert json.loads(holder["x"]) == {"nom": '[P] "x"', "n": 3}


@pytest.mark.parametrize("text", ["", "pas du JSON", '{"nom": "Dup', '"une chaîne"', "12"])
def test_what_is_not_a_json_object_is_text(text: str) -> None:
    holder, walk = walked(JsonText(), text)
    assert slots(walk)["f"].text == text
    walk.finish()
    assert holder["x"] == text


def test_json_in_a_json_string_is_text_of_a_leaf() -> None:
    _, walk = walked(JsonText(), json.dumps({"corps": json.dumps({"nom": "Dupont"})}))
    assert slots(walk)["f.corps"].text == '{"nom": "Dupont"}'


@pytest.mark.parametrize("value", [{"n": 1e22}, {"n": -1e15}, [1e300]])
def test_a_number_that_lost_digits_is_refused(value: Any) -> None:
    with pytest.raises(GatewayError) as refused:
        walked(Json(), value)
    assert refused.value.code == "EG-4003"


def test_json_that_is_too_deep_is_refused() -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    for node in (Json(), Schema()):
        with pytest.raises(GatewayError):
            walked(node, {"a": deep})


SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "description": "Un dossier",
    "properties": {
        "nom_client": {"type": "string", "description": "Le nom", "examples": ["Dupont"]},
        "type": {"type": ["string", "null"], "enum": ["a", "b", 3]},
    },
    "required": ["nom_client"],
    "$defs": {"dossier": {"$ref": "#/$defs/autre", "default": 5}},
}


def test_the_texts_of_a_schema_and_its_names_are_two_passages() -> None:
    holder, walk = walked(Schema(), SCHEMA)
    names, texts = walk.passages
    assert {slot.kind for slot in names.slots} == {Kind.NAME}
    assert [slot.text for slot in names.slots] == [
        "nom client", "type", "nom client", "dossier", "#/$defs/autre"
    ]  # fmt: skip
    assert "\nnom client : Dupont" in texts.text
    assert [slot.text for slot in texts.slots] == ["Un dossier", "Le nom", "Dupont", "a", "b", "3", "5"]
    assert holder["x"] == SCHEMA


def test_a_name_of_a_schema_is_never_written() -> None:
    _, walk = walked(Schema(), SCHEMA)
    with pytest.raises(GatewayError):
        walk.passages[0].slots[0].put("[P]")


def test_a_word_that_json_schema_does_not_know_is_a_name() -> None:
    _, walk = walked(Schema(), {"type": "object", "dupont": 1, "$schema": "http://exemple.fr/dupont"})
    assert [slot.text for slot in walk.passages[0].slots] == ["dupont", "http://exemple.fr/dupont"]
