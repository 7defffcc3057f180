from __future__ import annotations

from typing import Any

import pytest

from egide.errors import GatewayError
from egide.gateway.fields import (
    FLAG,
    NUMBER,
    Dropped,
    Either,
    Name,
    Node,
    Obj,
    Seq,
    Tagged,
    Text,
    Token,
    Unread,
    Word,
)
from egide.gateway.slots import Kind, Walk


def read(node: Node, value: Any) -> tuple[Any, Walk]:
    walk = Walk(lambda identifier: f"<{identifier}>")
    return node.read(value, "f", walk, lambda masked: None), walk


def refusal(node: Node, value: Any) -> tuple[str, object]:
    with pytest.raises(GatewayError) as refused:
        read(node, value)
    return refused.value.code, refused.value.fields["field"]


PART = Tagged({"text": Obj({"type": Word("text"), "text": Text()}, ("text",))}, unread=frozenset({"image"}))
MESSAGE = Obj({"role": Word("user"), "content": Either(text=Text(), many=Seq(PART, joined=True))}, ("role",))


def test_a_text_is_written_back_where_it_was_read() -> None:
    given = {"role": "user", "content": [{"type": "text", "text": "un"}, {"type": "text", "text": "deux"}]}
    out, walk = read(MESSAGE, given)
    (passage,) = walk.passages
    passage.slots[1].put("masqué")
    assert out["content"] == [{"type": "text", "text": "un"}, {"type": "text", "text": "masqué"}]
    assert given["content"][1] == {"type": "text", "text": "deux"}
    assert (passage.text, passage.apart) == ("undeux", True)
    assert passage.slots[1].path == "f.content.1.text"


@pytest.mark.parametrize(
    "node", [NUMBER, FLAG, Word("a"), Text(), Name(), Token(), Obj({}), Seq(Text()), Either()]
)
def test_null_is_null(node: Node) -> None:
    assert read(node, None)[0] is None


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (NUMBER, "3"), (NUMBER, True), (FLAG, 1), (FLAG, "true"), (Word("a"), "b"), (Word("a"), 3),
        (Word("a"), []),
        (Text(), 3), (Text(), {}), (Name(), "Jean Dupont"), (Name(), ""), (Name(), "é"), (Token(), 3),
        (Obj({}), []), (Seq(Text()), "x"), (Either(text=Text()), []), (Either(text=Text()), 3),
        (Either(one=Obj({})), "x"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_refused(node: Node, value: Any) -> None:
    assert refusal(node, value) == ("EG-4003", "f")


def test_an_unknown_field_is_refused_by_its_path() -> None:
    assert refusal(MESSAGE, {"role": "user", "audio": 1}) == ("EG-4002", "f.audio")
    assert refusal(MESSAGE, {"role": "user", "content": [{"type": "text", "text": "", "x": 1}]}) == (
        "EG-4002",
        "f.content.0.x",
    )


def test_a_field_name_that_could_be_a_value_is_not_repeated() -> None:
    assert refusal(MESSAGE, {"role": "user", "Jean Dupont": 1}) == ("EG-4002", "f.?")


def test_a_missing_field_and_one_that_is_null_are_refused() -> None:
    assert refusal(MESSAGE, {"content": "x"}) == ("EG-4003", "f.role")
    assert refusal(MESSAGE, {"role": None}) == ("EG-4003", "f.role")


def test_unknown_kinds_and_attachments() -> None:
    assert refusal(PART, {"type": "video"}) == ("EG-4002", "f.type")
    assert refusal(PART, {"type": "image"}) == ("EG-4004", "f")
    assert refusal(PART, {"text": "x"}) == ("EG-4003", "f.type")
    assert refusal(PART, {"type": ["text"]}) == ("EG-4003", "f.type")
    assert refusal(Unread(), {"id": 1}) == ("EG-4004", "f")


def test_what_is_dropped_or_replaced() -> None:
    out, walk = read(Obj({"user": Token(), "metadata": Dropped(), "name": Name()}), {
        "user": "dupont", "metadata": {"x": "Jean Dupont"}, "name": "noter",
    })  # fmt: skip
    assert out == {"user": "<dupont>", "name": "noter"}
    assert [slot.kind for passage in walk.passages for slot in passage.slots] == [Kind.NAME]


def test_the_documentation_names_every_field() -> None:
    assert dict(MESSAGE.rows("m")) == {
        "m.role": "transmis tel quel (mot d'une liste fermée)",
        "m.content": "analysé et masqué",
        "m.content[](text).type": "transmis tel quel (mot d'une liste fermée)",
        "m.content[](text).text": "analysé et masqué",
        "m.content[](image)": "refusé (pièce jointe non lue)",
    }


def test_fields_that_are_not_known_may_be_left_out_and_counted() -> None:
    walk = Walk(lambda identifier: identifier, drops=True)
    tree = Obj({"texte": Text(), "parties": Seq(Obj({"texte": Text()}))})
    sent = {"texte": "a", "autre": "06 39 98 41 27", "parties": [{"texte": "b", "x": 1}, {"y": {"z": []}}]}
    assert tree.read(sent, "", walk, lambda value: None) == {
        "texte": "a",
        "parties": [{"texte": "b"}, {}],
    }
    assert walk.dropped == 3
    assert [slot.text for passage in walk.passages for slot in passage.slots] == ["a", "b"]
