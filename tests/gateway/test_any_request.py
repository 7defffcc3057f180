"""Whatever JSON is sent: a request is refused with a code, or nothing of it leaves unread."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.staging import KEYRING

from egide.errors import GatewayError
from egide.gateway.dialects import by_kind
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.slots import Walk
from egide.pseudonymisation import Scope

KEYS = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "u"))
CANARY = "canari garrigou"
SCHEMA = {"properties": {"a": {"enum": ["b"]}}}
REQUESTS: dict[Any, dict[str, Any]] = {
    "openai": {
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
    "anthropic": {
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


def send(kind: Any, body: Any) -> tuple[Any, Walk]:
    """What would leave, and what was read of it."""
    dialect, walk = by_kind(kind), Walk(KEYS.token)
    if isinstance(body, dict):
        dialect.unseal(body, KEYS)
    out = dialect.request.read(body, "", walk, lambda masked: None)
    walk.finish()
    return out, walk


@pytest.mark.parametrize("kind", REQUESTS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_json_in_any_place_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(REQUESTS[kind])))
    body = changed(copy.deepcopy(REQUESTS[kind]), place, data.draw(JSON))
    try:
        out, walk = send(kind, body)
    except GatewayError as refused:
        problem = refused
    else:
        problem = None
    if problem is not None:
        assert problem.code in ("EG-4002", "EG-4003", "EG-4004")
        assert CANARY not in problem.message
        return
    read = "\n".join(slot.text for passage in walk.passages for slot in passage.slots)
    assert str(out).count(CANARY) <= read.count(CANARY)


@pytest.mark.parametrize("kind", REQUESTS)
def test_a_text_in_any_place_is_read_refused_or_never_sent(kind: str) -> None:
    for place in places(REQUESTS[kind]):
        try:
            out, walk = send(kind, changed(copy.deepcopy(REQUESTS[kind]), place, CANARY))
        except GatewayError:
            continue
        sent = CANARY in str(out)
        assert sent is any(CANARY in slot.text for passage in walk.passages for slot in passage.slots), place


@pytest.mark.parametrize("kind", REQUESTS)
def test_a_field_that_nobody_knows_is_refused_wherever_it_stands(kind: str) -> None:
    free = ("parameters", "schema", "input_schema", "input", "input_examples", "metadata", "logit_bias")
    for place in places(REQUESTS[kind]):
        value: Any = REQUESTS[kind]
        for step in place:
            value = value[step]
        if not isinstance(value, dict) or any(step in free for step in place):
            continue
        with pytest.raises(GatewayError) as refused:
            send(kind, changed(copy.deepcopy(REQUESTS[kind]), place, {**value, "champ_inconnu": 1}))
        assert refused.value.code == "EG-4002"
