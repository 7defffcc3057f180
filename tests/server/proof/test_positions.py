from __future__ import annotations

import json

import pytest

from egide.gateway.dialect import Dialect
from egide.gateway.dialects import dialects
from egide.gateway.slots import Walk
from egide.server.proof.judge import strings
from egide.server.proof.positions import Position, positions

DIALECTS = list(dialects().values())
ALL = [position for dialect in DIALECTS for position in positions(dialect)]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_field_of_the_documentation_is_planted_or_shown_to_take_no_text(dialect: Dialect) -> None:
    planted = {position.where.partition(" ")[0] for position in positions(dialect)}
    told = {field for field, _ in dialect.request.rows("")}
    tags = {field for field in told if field.rsplit(".", 1)[-1] in ("type", "role") and "(" in field}
    assert told - planted - tags == {"model", "stream"}


@pytest.mark.parametrize("position", [p for p in ALL if p.kind == "masked"], ids=lambda p: p.name)
def test_the_gateway_reads_the_text_planted_there(position: Position) -> None:
    walk = Walk(lambda token: "jeton")
    dialect = next(d for d in DIALECTS if d.name == position.dialect)
    dialect.request.read(position.body("mots plantés ici", "m/x", streamed=False), "", walk, lambda _: None)
    read = [slot.text for passage in walk.passages for slot in passage.slots]
    assert any("mots plantés ici" in text for text in read)


@pytest.mark.parametrize("position", ALL, ids=lambda p: p.name)
def test_a_body_is_json_and_holds_the_text(position: Position) -> None:
    body = json.loads(json.dumps(position.body("mots plantés ici", "m/x", streamed=True)))
    assert any("plant" in text for text in strings(body))
    assert body["stream"] is True
