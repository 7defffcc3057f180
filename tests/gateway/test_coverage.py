"""The table of fields against what the gateway really does, in both directions."""

from __future__ import annotations

import aiohttp
import pytest
from tests.gateway.staging import KEY, Stage

from egide.gateway.coverage import addresses, rows
from egide.gateway.dialects import dialects
from egide.gateway.speech import TRANSCRIPTIONS


def test_every_field_of_every_endpoint_has_one_treatment() -> None:
    table = list(rows())
    kept = {
        "/files",
        "/files/{id}/content",
        "/batches",
        "/messages/batches",
        "/messages/batches/{id}/results",
    }
    assert {row.endpoint for row in table} == {
        f"/v1{path}" for path in {*dialects(), *kept, TRANSCRIPTIONS.path}
    }
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
    for endpoint, field in (
        ("/v1/completions", "prompt"),
        ("/v1/completions", "prompt[]"),
        ("/v1/completions", "suffix"),
        ("/v1/completions", "stop[]"),
        ("/v1/embeddings", "input"),
        ("/v1/embeddings", "input[]"),
        ("/v1/moderations", "input"),
        ("/v1/moderations", "input[]"),
        ("/v1/moderations", "input[](text).text"),
        ("/v1/messages/count_tokens", "system"),
        ("/v1/messages/count_tokens", "messages[].content[](tool_use).input"),
        ("/v1/batches", "metadata"),
    ):
        assert (endpoint, field) in masked


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_every_address_of_the_documentation_does_what_it_says(stage: Stage, method: str) -> None:
    """Open: an empty body is an error of form, or models are told. Closed: refused with its code. What names
    a thing that the caller does not own is not found."""
    both = {"authorization": f"Bearer {KEY}", "x-api-key": KEY}
    async with aiohttp.ClientSession() as session:
        for address in addresses():
            url = stage.url + address.path.removeprefix("/v1").replace("{…}", "grand")
            head = both | ({"anthropic-version": "2023-06-01"} if address.protocol == "Anthropic" else {})
            async with session.request(method, url, data=b"{}", headers=head) as answer:
                text = await answer.text()
            if "Refusée" in address.says:
                assert answer.status == 403, address
                assert address.says.split("(")[1][:7] in text
            elif address.method not in (method, "toutes"):
                ways = {one.method for one in addresses() if one.path == address.path}
                assert method in ways or (answer.status, "EG-4014" in text) == (405, True), address
            elif "{id}" in address.path:
                assert (answer.status, "EG-4065" in text) == (404, True), address
            else:
                assert answer.status == (400 if method == "POST" else 200), address
    assert not stage.provider.received
