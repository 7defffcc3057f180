from __future__ import annotations

import base64
import json

import pytest

from egide.documents.context import Context
from egide.gateway.dialect import Dialect
from egide.gateway.dialects import dialects
from egide.gateway.slots import Walk
from egide.server.proof.carriers import PLAIN, carriers
from egide.server.proof.judge import strings
from egide.server.proof.positions import Position, closed_addresses, heard, positions

DIALECTS = list(dialects().values())
ALL = [position for dialect in DIALECTS for position in positions(dialect)]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_field_of_the_documentation_is_planted_or_shown_to_take_no_text(dialect: Dialect) -> None:
    planted = {position.where.partition(" ")[0] for position in positions(dialect)}
    told = {field for field, _ in dialect.request.rows("")}
    tags = {field for field in told if field.rsplit(".", 1)[-1] in ("type", "role") and "(" in field}
    attached = {
        field for field, treatment in dialect.request.rows("") if treatment.startswith("refusé (pièce")
    }
    assert told - planted - tags - attached == {"model", "stream"} & told


@pytest.mark.parametrize("position", [p for p in ALL if p.read and not p.carried], ids=lambda p: p.name)
def test_the_gateway_reads_the_text_planted_there(position: Position) -> None:
    walk = Walk(lambda token: "jeton")
    dialect = next(d for d in DIALECTS if d.name == position.dialect)
    dialect.request.read(position.body("mots plantés ici", "m/x", streamed=False), "", walk, lambda _: None)
    read = [slot.text for passage in walk.passages for slot in passage.slots]
    assert any("mots plantés ici" in text for text in read)


@pytest.mark.parametrize("position", [p for p in ALL if not p.carried], ids=lambda p: p.name)
def test_a_body_is_json_and_holds_the_text(position: Position) -> None:
    body = json.loads(json.dumps(position.body("mots plantés ici", "m/x", streamed=True)))
    assert any("plant" in text for text in strings(body))
    assert body.get("stream") is (True if position.streams else None)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_what_may_come_back_depends_on_the_answer(dialect: Dialect) -> None:
    kinds = {position.kind for position in positions(dialect) if position.read}
    assert kinds == ({"masked"} if dialect.restores else {"hidden"})


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("streamed", [False, True])
def test_the_smallest_request_is_one_that_the_gateway_reads(dialect: Dialect, streamed: bool) -> None:
    body, walk = dialect.sample("m/x", streamed=streamed), Walk(lambda token: "jeton")
    assert dialect.request.read(body, "", walk, lambda _: None) == body
    assert body.get("stream", False) is (streamed and "stream" in dialect.request.fields)
    assert dialect.sample("m/x", streamed=streamed) is not body  # a field is added to it


def test_every_closed_address_is_tried() -> None:
    tried = {position.path for position in closed_addresses()}
    assert {"/uploads", "/audio/speech", "/images"} <= tried
    assert {position.kind for position in closed_addresses()} == {"closed"}
    assert all("mots" in str(p.body("mots", "m/x", streamed=False)) for p in closed_addresses())


def test_what_goes_with_a_recording_is_tried_as_a_form() -> None:
    found = {position.where: position for position in heard()}
    assert {where for where, one in found.items() if one.read} == {
        "prompt",
        "keywords[]",
        "known_speaker_names[]",
    }
    assert found["language"].kind == "closed"
    for position in found.values():
        assert position.encode is not None
        sent = position.encode(position.body("mots plantés ici", "m/x", streamed=True))
        assert sent.content_type.startswith("multipart/form-data; boundary=")
        assert "mots plantés ici".encode() in sent.data


FILES = [position for position in ALL if position.carried]


def test_every_file_is_tried_in_each_dialect_that_takes_files_and_a_plain_one_at_each_place() -> None:
    made = {carrier for carrier, _ in carriers(whole=True)}
    taking = {position.dialect for position in FILES}
    assert taking >= {"openai-chat", "anthropic-messages"}
    for name in taking:
        tried = [p.where.partition(" (") for p in FILES if p.dialect == name]
        assert {carrier.rstrip(")") for _, _, carrier in tried} == made
        assert len({place for place, _, _ in tried}) == sum(carrier == f"{PLAIN})" for _, _, carrier in tried)


@pytest.mark.parametrize("position", FILES, ids=lambda p: p.name)
def test_a_file_carries_the_text_to_where_it_is_read(position: Position) -> None:
    walk = Walk(lambda token: "jeton")
    dialect = next(d for d in DIALECTS if d.name == position.dialect)
    body = json.loads(json.dumps(position.body("mots plantés ici", "m/x", streamed=False)))
    dialect.request.read(body, "", walk, lambda _: None)
    (given,) = walk.attachments
    reading = Context().read(base64.b64decode(given.data), given.media, given.ending)
    assert "mots plantés ici" in reading.text
    assert reading.unread == ()
