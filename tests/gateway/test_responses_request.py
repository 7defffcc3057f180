from __future__ import annotations

from typing import Any

import pytest
from openai.types.responses import response_create_params
from tests.gateway.staging import KEYRING
from tests.gateway.test_responses_stream import KEYS

from egide.errors import GatewayError
from egide.gateway.dialects.openai_responses.request import REQUEST
from egide.gateway.dialects.openai_responses.sealed import CallId, Sealed
from egide.gateway.dialects.openai_responses.tools import TOOLS
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.slots import Walk
from egide.pseudonymisation import Scope

EXCHANGE = "ex-0123456789ab-0123456789ab"
THEIRS = ScopeKeys.of(KEYRING, Scope("acme", "p-2", "redaction")).threaded(EXCHANGE, "ailleurs")


def read(body: dict[str, Any], tools: frozenset[str] = frozenset()) -> tuple[Any, Walk]:
    walk = Walk(KEYS.token, KEYS.take, tools)
    return REQUEST.read({"model": "m", **body}, "", walk, lambda masked: None), walk


def refusal(body: dict[str, Any], tools: frozenset[str] = frozenset()) -> str:
    with pytest.raises(GatewayError) as refused:
        read(body, tools)
    return refused.value.code


def test_every_field_of_the_client_library_is_known() -> None:
    fields = set(response_create_params.ResponseCreateParamsBase.__annotations__) | {"stream"}
    assert set(REQUEST.fields) == fields


def test_a_message_needs_no_type() -> None:
    out, walk = read({"input": [{"role": "user", "content": "bonjour"}]})
    assert out["input"] == [{"role": "user", "content": "bonjour"}]
    assert [passage.text for passage in walk.passages] == ["m", "bonjour"]


def test_a_name_is_taken_back_with_the_right_seal_only() -> None:
    walk = Walk(KEYS.token, KEYS.take)

    def put(masked: Any) -> None:
        raise AssertionError

    assert Sealed("item").read(KEYS.give("item", "msg_1"), "id", walk, put) == "msg_1"
    assert Sealed("item").read(None, "id", walk, put) is None
    for given in ("msg_1", "", THEIRS.give("item", "msg_1"), KEYS.give("response", "msg_1")):
        with pytest.raises(GatewayError) as refused:
            Sealed("item").read(given, "id", walk, put)
        assert refused.value.code == "EG-4021"
    with pytest.raises(GatewayError):
        Sealed("item").read(3, "id", walk, put)


def test_a_call_that_the_caller_named_is_renamed() -> None:
    walk = Walk(KEYS.token, KEYS.take)
    given = KEYS.give("call", "call_1")
    assert CallId().read(given, "call_id", walk, lambda masked: None) == "call_1"
    assert CallId().read("garrigou", "call_id", walk, lambda masked: None) == KEYS.token("garrigou")
    with pytest.raises(GatewayError) as refused:
        CallId().read(THEIRS.give("call", "call_1"), "call_id", walk, lambda masked: None)
    assert refused.value.code == "EG-4021"


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_a_tool_that_the_provider_runs_is_allowed_by_its_name_alone(tool: str) -> None:
    assert refusal({"tools": [{"type": tool}]}) == "EG-4020"
    assert refusal({"tool_choice": {"type": tool}}) == "EG-4020"
    allowed = frozenset({tool})
    assert read({"tools": [{"type": tool}]}, allowed)[0]["tools"] == [{"type": tool}]
    assert refusal({"tools": [{"type": tool, "server_url": "https://x"}]}, allowed) == "EG-4002"
    assert refusal({"tools": [{"type": tool}]}, TOOLS - allowed) == "EG-4020"


def test_an_answer_for_later_is_refused() -> None:
    assert read({"background": False})[0]["background"] is False
    assert refusal({"background": True}) == "EG-4002"
    assert refusal({"background": "Garrigou"}) == "EG-4002"
    assert refusal({"background_options": {"continuation_id": "Garrigou"}}) == "EG-4002"


def test_whether_the_provider_keeps_the_answer_is_the_caller_s_choice() -> None:
    assert read({"store": False})[0]["store"] is False
    assert "store" not in read({})[0]
