"""Whatever JSON is sent: a request is refused with a code, or nothing of it leaves unread."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.staging import KEYRING

from egide.errors import GatewayError
from egide.gateway.dialects import dialects
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.slots import Walk
from egide.pseudonymisation import Scope

KEYS = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u")).threaded("ex-0123456789ab-0123456789ab", "ailleurs")
CANARY = "canari garrigou"
SCHEMA = {"properties": {"a": {"enum": ["b"]}}}
REQUESTS: dict[str, dict[str, Any]] = {
    "/chat/completions": {
        "model": "m",
        "messages": [
            {"role": "system", "content": "s"},
            {
                "role": "user",
                "name": "n",
                "content": [
                    {"type": "text", "text": "t"},
                    {
                        "type": "image_url",
                        "image_url": {"url": "data:image/png;base64,AAAA", "detail": "low"},
                    },
                    {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:a/b;base64,AAAA"}},
                    {"type": "document_url", "document_url": "data:a/b;base64,AAAA", "document_name": "a"},
                ],
            },
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a": "b"}'}}
                ],
            },
            {"role": "tool", "tool_call_id": "c", "content": "r"},
        ],
        "tools": [
            {
                "type": "function",
                "function": {"name": "f", "parameters": {"properties": {"a": {"enum": ["b"]}}}},
            }
        ],
        "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"const": "c"}}},
        "tool_choice": {"type": "function", "function": {"name": "f"}},
        "stop": ["x"],
        "user": "u",
        "metadata": {"k": "v"},
        "logit_bias": {"1": 2},
        "stream_options": {"include_usage": True},
    },
    "/completions": {
        "model": "m",
        "prompt": ["t", "u"],
        "suffix": "s",
        "stop": ["x"],
        "echo": True,
        "logprobs": 1,
        "logit_bias": {"1": 2},
        "stream_options": {"include_usage": True},
        "user": "u",
        "metadata": {"k": "v"},
    },
    "/embeddings": {
        "model": "m",
        "input": ["t", "u"],
        "dimensions": 3,
        "encoding_format": "float",
        "user": "u",
    },
    "/moderations": {"model": "m", "input": ["t", {"type": "text", "text": "u"}]},
    "/messages/count_tokens": {
        "model": "m",
        "system": [{"type": "text", "text": "s"}],
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "t"}]},
            {
                "role": "assistant",
                "content": [{"type": "tool_use", "id": "i", "name": "f", "input": {"a": ["b", 1]}}],
            },
        ],
        "tools": [{"name": "f", "description": "d", "input_schema": {"type": "object"}}],
    },
    "/responses": {
        "model": "m",
        "instructions": "s",
        "previous_response_id": KEYS.give("response", "resp_1"),
        "conversation": {"id": KEYS.give("conversation", "conv_1")},
        "input": [
            {"role": "user", "content": [{"type": "input_text", "text": "t"}]},
            {
                "type": "message",
                "id": KEYS.give("item", "msg_1"),
                "role": "assistant",
                "content": [{"type": "output_text", "text": "t", "annotations": []}],
            },
            {
                "type": "reasoning",
                "id": KEYS.give("item", "rs_1"),
                "summary": [{"type": "summary_text", "text": "p"}],
                "encrypted_content": KEYS.give("encrypted", "gAAAA"),
            },
            {"type": "function_call", "call_id": "c", "name": "f", "arguments": '{"a": "b"}'},
            {"type": "function_call_output", "call_id": KEYS.give("call", "call_1"), "output": "r"},
            {"type": "custom_tool_call", "call_id": "d", "name": "f", "input": "x"},
            {"type": "item_reference", "id": KEYS.give("item", "msg_2")},
        ],
        "tools": [
            {"type": "function", "name": "f", "parameters": {"properties": {"a": {"enum": ["b"]}}}},
            {"type": "custom", "name": "g", "format": {"type": "grammar", "definition": "d"}},
        ],
        "tool_choice": {"type": "allowed_tools", "tools": [{"type": "function", "name": "f"}]},
        "text": {"format": {"type": "json_schema", "name": "n", "schema": {"const": "c"}}},
        "include": ["reasoning.encrypted_content"],
        "metadata": {"k": "v"},
        "user": "u",
        "background": False,
    },
    "/messages": {
        "model": "m",
        "max_tokens": 9,
        "system": [{"type": "text", "text": "s", "cache_control": {"type": "ephemeral"}}],
        "messages": [
            {"role": "user", "content": "t"},
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "p", "signature": "s"},
                    {"type": "tool_use", "id": "i", "name": "f", "input": {"a": ["b", 1]}},
                ],
            },
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "i", "content": "r"},
                    {
                        "type": "document",
                        "title": "t",
                        "source": {"type": "base64", "media_type": "application/pdf", "data": "AAAA"},
                        "cache_control": {"type": "ephemeral"},
                    },
                    {
                        "type": "document",
                        "title": "t",
                        "source": {"type": "text", "media_type": "text/plain", "data": "d"},
                    },
                ],
            },
        ],
        "tools": [{"name": "f", "input_schema": {"type": "object"}, "input_examples": [{"a": "b"}]}],
        "tool_choice": {"type": "tool", "name": "f"},
        "metadata": {"user_id": "u"},
        "thinking": {"type": "enabled", "budget_tokens": 1024},
    },
}
LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
JSON = st.recursive(
    LEAF | st.just(CANARY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))]


def changed(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    value = copy.copy(value)
    value[place[0]] = changed(value[place[0]], place[1:], new)
    return value


def send(path: str, body: Any) -> tuple[Any, Walk]:
    """What would leave, and what was read of it."""
    dialect, walk = dialects()[path], Walk(KEYS.token, KEYS.take)
    if isinstance(body, dict):
        dialect.unseal(body, KEYS)
    out = dialect.request.read(body, "", walk, lambda masked: None)
    walk.finish()
    return out, walk


def test_every_dialect_is_tried() -> None:
    assert set(REQUESTS) == set(dialects())


@pytest.mark.parametrize("path", REQUESTS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_json_in_any_place_is_read_or_refused(path: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(REQUESTS[path])))
    body = changed(copy.deepcopy(REQUESTS[path]), place, data.draw(JSON))
    try:
        out, walk = send(path, body)
    except GatewayError as refused:
        problem = refused
    else:
        problem = None
    if problem is not None:
        assert problem.code in ("EG-4002", "EG-4003", "EG-4004", "EG-4021", "EG-4025")
        assert CANARY not in problem.message
        return
    read = "\n".join(slot.text for passage in walk.passages for slot in passage.slots)
    assert str(out).count(CANARY) <= read.count(CANARY)


@pytest.mark.parametrize("path", REQUESTS)
def test_a_text_in_any_place_is_read_refused_or_never_sent(path: str) -> None:
    for place in places(REQUESTS[path]):
        try:
            out, walk = send(path, changed(copy.deepcopy(REQUESTS[path]), place, CANARY))
        except GatewayError:
            continue
        sent = CANARY in str(out)
        assert sent is any(CANARY in slot.text for passage in walk.passages for slot in passage.slots), place


@pytest.mark.parametrize("path", REQUESTS)
def test_a_field_that_nobody_knows_is_refused_wherever_it_stands(path: str) -> None:
    free = {"parameters", "schema", "input_schema", "input_examples", "metadata", "logit_bias"}
    free |= {"input"} if path in ("/messages", "/messages/count_tokens") else set()
    for place in places(REQUESTS[path]):
        value: Any = REQUESTS[path]
        for step in place:
            value = value[step]
        if not isinstance(value, dict) or any(step in free for step in place):
            continue
        with pytest.raises(GatewayError) as refused:
            send(path, changed(copy.deepcopy(REQUESTS[path]), place, {**value, "champ_inconnu": 1}))
        assert refused.value.code == "EG-4002"
