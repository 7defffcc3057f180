"""The table of fields against what the gateway really does, in both directions."""

from __future__ import annotations

from egide.gateway.coverage import rows
from egide.gateway.dialects import dialects


def test_every_field_of_every_endpoint_has_one_treatment() -> None:
    table = list(rows())
    assert {row.endpoint for row in table} == {f"/v1{path}" for path in dialects()}
    assert {row.direction for row in table} == {"requête", "réponse"}
    assert all(row.treatment and row.field for row in table)


def test_the_positions_that_matter_are_masked() -> None:
    masked = {(r.endpoint, r.field) for r in rows() if "masqué" in r.treatment}
    for field in (
        "messages[](system).content",
        "messages[](user).content[](text).text",
        "messages[](assistant).tool_calls[](function).function.arguments",
        "messages[](tool).content",
        "tools[](function).function.description",
        "tools[](function).function.parameters",
        "response_format(json_schema).json_schema.schema",
        "stop",
        "prediction.content",
    ):
        assert ("/v1/chat/completions", field) in masked
    for field in (
        "system",
        "system[](text).text",
        "messages[].content[](tool_use).input",
        "messages[].content[](tool_result).content",
        "tools[].input_schema",
        "stop_sequences[]",
    ):
        assert ("/v1/messages", field) in masked
