"""A streamed response, cut at every byte: what the caller reads never depends on the cuts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gateway.staging import KEYRING
from tests.gateway.test_streams import SCOPE, VALUE, session

from egide.gateway.dialects import dialects
from egide.gateway.dialects.openai_responses.stream import ResponseStream
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.loopback_responses import responses_events
from egide.gateway.sse import Event, EventParser
from egide.pseudonymisation import Pseudonymiser, Session

KEYS = ScopeKeys.of(KEYRING, SCOPE).threaded("ex-0123456789ab-0123456789ab", "ailleurs")
TOOLS = [{"type": "function", "name": "noter"}, {"type": "custom", "name": "dire"}]
FULL: dict[str, Any] = {"model": "m", "reasoning": {"effort": "low"}, "tools": TOOLS}


def reader(made: Session) -> ResponseStream:
    stream = dialects()["/responses"].stream(made, KEYS)
    assert isinstance(stream, ResponseStream)
    return stream


def wire_of(text: str, size: int, **body: Any) -> bytes:
    def cut(piece: str) -> Iterator[str]:
        yield from (piece[i : i + size] for i in range(0, len(piece), size))

    return "".join(responses_events({"model": "m", **body}, text, "resp_1", cut)).encode()


def through(wire: bytes, *cuts: int) -> list[Any]:
    """What the caller's own parser reads of a stream that the provider sent in these pieces."""
    made, _ = session()
    stream, parser = reader(made), EventParser()
    bounds = [0, *cuts, len(wire)]
    out = b"".join(stream.feed(event) for a, b in pairwise(bounds) for event in parser.feed(wire[a:b]))
    assert stream.ended
    events = [event for event in EventParser().feed(out) if event.data]
    assert [json.loads(event.data)["type"] for event in events] == [event.name for event in events]
    return [json.loads(event.data) for event in events]


def joined(events: list[Any]) -> dict[Any, str]:
    """The deltas of each text, joined."""
    found: dict[Any, str] = {}
    for event in events:
        if event["type"].endswith(".delta"):
            place = event["type"].removesuffix(".delta"), event["output_index"]
            found[place] = found.get(place, "") + event["delta"]
    return found


def finals(events: list[Any]) -> dict[Any, str]:
    """The whole text that each ``.done`` event repeats."""
    names = ("text", "refusal", "arguments", "input")
    return {
        (event["type"].removesuffix(".done"), event["output_index"]): event[name]
        for event in events
        for name in names
        if event["type"].endswith(".done") and name in event
    }


def fed(*contents: dict[str, Any], made: Session | None = None) -> list[Any]:
    stream = reader(made or session()[0])
    out = b"".join(stream.feed(Event("", json.dumps(content).encode())) for content in contents)
    return [json.loads(event.data) for event in EventParser().feed(out) if event.data]


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_every_text_is_restored_however_the_provider_cuts_it(size: int) -> None:
    _, placeholder = session()
    text = f"Bonjour {placeholder}, à Évry [sic]"
    events = through(wire_of(text, size, **FULL))
    found = joined(events)
    back = f"Bonjour {VALUE}, à Évry [sic]"
    assert found.pop(("response.reasoning_summary_text", 0)) == f"Lire : {back}"
    assert found.pop(("response.reasoning_text", 0)) == f"Relire : {back}"
    assert json.loads(found.pop(("response.function_call_arguments", 1))) == {"texte": back}
    assert found.pop(("response.custom_tool_call_input", 2)) == back
    assert not found
    (message,) = joined(through(wire_of(text, size))).values()
    assert message == back


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("body", [{}, FULL], ids=["text", "tools"])
def test_what_is_told_again_is_the_sum_of_the_pieces(size: int, body: dict[str, Any]) -> None:
    _, placeholder = session()
    events = through(wire_of(f"à {placeholder} et [PERSONNE", size, **body))
    assert finals(events) == joined(events)
    items = [event["item"] for event in events if event["type"] == "response.output_item.done"]
    answer = events[-1]["response"]
    assert sorted(items, key=lambda item: item["id"]) == sorted(answer["output"], key=lambda item: item["id"])
    for (family, index), text in joined(events).items():
        item = answer["output"][index]
        name = {"response.function_call_arguments": "arguments", "response.custom_tool_call_input": "input"}
        parts = item.get("content") or [item]
        parts = item["summary"] if family == "response.reasoning_summary_text" else parts
        assert parts[0][name.get(family, "text")] == text


@pytest.mark.parametrize("body", [{}, FULL], ids=["text", "tools"])
def test_every_cut_of_the_bytes_gives_the_same_events(body: dict[str, Any]) -> None:
    _, placeholder = session()
    wire = wire_of(f"à {placeholder} !", 4, **body)
    whole = through(wire)
    for at in range(0, len(wire), 5 if not body else 61):
        assert through(wire, at) == whole


@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(
        st.sampled_from(["{}", "{} ", "[{}", "{}s", "**{}**", "[PERS", "é«", '"', "\\", " 4K ", "x_"]),
        max_size=6,
    ),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=8),
)
def test_any_pieces_give_what_the_whole_text_gives(texts: list[str], sizes: list[int]) -> None:
    made, placeholder = session()
    text = "".join(texts).replace("{}", placeholder)

    def cut(piece: str) -> Iterator[str]:
        turn = 0
        while piece:
            size = sizes[turn % len(sizes)]
            yield piece[:size]
            piece, turn = piece[size:], turn + 1

    wire = "".join(responses_events(FULL, text, "resp_1", cut)).encode()
    events = through(wire)
    found = joined(events)
    assert {place: said for place, said in finals(events).items() if said} == found
    assert found.get(("response.custom_tool_call_input", 2), "") == made.restore(text)
    assert json.loads(found["response.function_call_arguments", 1])["texte"] == made.restore(text)


def test_events_are_numbered_without_a_gap_and_in_order() -> None:
    _, placeholder = session()
    wire = wire_of(f"la fin tient dans {placeholder} [PERSONNE", 1, **FULL)
    events = through(wire)
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    assert len(events) < wire.count(b"\n\n")
    ends = [event["type"] for event in events if not event["type"].endswith(".delta")]
    given_ends = [
        json.loads(event.data)["type"]
        for event in EventParser().feed(wire)
        if not json.loads(event.data)["type"].endswith(".delta")
    ]
    assert ends == given_ends


def test_what_names_a_thing_is_sealed_alike_in_every_event() -> None:
    events = through(wire_of("bonjour", 3, **FULL))
    ids = {event["item_id"] for event in events if "item_id" in event}
    items = {item["id"] for item in events[-1]["response"]["output"]}
    assert ids == items
    assert all(KEYS.take("item", one) for one in ids)
    answers = {event["response"]["id"] for event in events if "response" in event}
    assert {KEYS.take("response", one) for one in answers} == {"resp_1"}


def test_held_text_comes_before_the_end_of_its_part_even_without_an_end_of_its_own() -> None:
    delta = {"type": "response.output_text.delta", "output_index": 0, "content_index": 0, "delta": "x [PERS"}
    part = {"type": "output_text", "text": "x [PERS", "annotations": []}
    done = {"type": "response.content_part.done", "output_index": 0, "content_index": 0, "part": part}
    assert [event.get("delta") for event in fed(delta, done)] == ["x ", "[PERS", None]


def test_held_text_goes_out_with_the_sealed_name_of_its_item() -> None:
    place = {"output_index": 0, "content_index": 0, "item_id": "msg_1"}
    delta = {"type": "response.output_text.delta", **place, "delta": "[PERS"}
    held, done = fed(delta, {"type": "response.output_text.done", **place, "text": "[PERS"})
    assert held["delta"] == "[PERS"
    assert held["item_id"] == done["item_id"]
    assert KEYS.take("item", held["item_id"]) == "msg_1"


def test_items_told_apart_by_their_name_alone_have_each_their_restorer() -> None:
    """As llama.cpp does: neither indexes nor numbers."""
    _, placeholder = session()
    kind = "response.function_call_arguments"
    pieces = [
        {"type": f"{kind}.delta", "item_id": f"fc_{item}", "delta": piece}
        for piece in (*json.dumps({"à": placeholder}), "[PER")
        for item in range(3)
    ]
    done = [
        {"type": f"{kind}.done", "item_id": "fc_0", "arguments": ""},
        {"type": "response.output_item.done", "item": {"type": "function_call", "id": "fc_1"}},
    ]
    events = fed(*pieces, *done)
    found: dict[str, str] = {}
    for event in events:
        if "delta" in event:
            found[event["item_id"]] = found.get(event["item_id"], "") + event["delta"]
    whole = json.dumps({"à": VALUE}, ensure_ascii=False).replace("à", "\\u00e0")
    said = {KEYS.take("item", name): text for name, text in found.items()}
    assert said == {"fc_0": f"{whole}[PER", "fc_1": f"{whole}[PER", "fc_2": whole}
    assert "sequence_number" not in events[0]


def test_an_item_named_otherwise_in_each_event_is_still_one() -> None:
    _, placeholder = session()
    pieces = [
        {"type": "response.output_text.delta", "output_index": 0, "item_id": f"msg_{i}", "delta": letter}
        for i, letter in enumerate(placeholder)
    ]
    assert "".join(event["delta"] for event in fed(*pieces)) == VALUE


def test_the_end_of_one_text_leaves_the_others_open() -> None:
    _, placeholder = session()
    texts = [
        {
            "type": "response.output_text.delta",
            "output_index": 0,
            "content_index": i,
            "delta": placeholder[:9],
        }
        for i in range(2)
    ]
    done = {"type": "response.output_text.done", "output_index": 0, "content_index": 0, "text": "…"}
    other = {"type": "response.refusal.done", "output_index": 0, "content_index": 1, "refusal": "…"}
    rest = {**texts[1], "delta": placeholder[9:] + "."}
    pieces = [event["delta"] for event in fed(*texts, done, other, rest) if "delta" in event]
    assert pieces == [placeholder[:9], f"{VALUE}."]


def test_an_unknown_event_is_restored_and_unknown_pieces_are_joined() -> None:
    _, placeholder = session()
    whole = {"type": "response.nouveau.ajout", "item": placeholder, "rang": 3, "response": [placeholder]}
    assert fed(whole) == [{**whole, "item": VALUE, "response": [VALUE]}]
    pieces = [{"type": "response.nouveau.delta", "output_index": 0, "delta": one} for one in placeholder]
    events = fed(*pieces, {"type": "response.nouveau.done", "output_index": 0, "texte": placeholder})
    assert "".join(event.get("delta", "") for event in events) == VALUE
    assert events[-1]["texte"] == VALUE


def test_logprobs_and_annotations_leave_with_the_masked() -> None:
    place = {"output_index": 0, "content_index": 0, "item_id": "msg_1"}
    note = {"type": "url_citation", "start_index": 0, "end_index": 4, "url": "https://x", "title": "t"}
    delta = {"type": "response.output_text.delta", **place, "delta": "a", "logprobs": [{"token": "["}]}
    added = {"type": "response.output_text.annotation.added", **place, "annotation": note}
    part = {"type": "output_text", "text": "a", "annotations": [note], "logprobs": [{"token": "["}]}
    item = {"type": "message", "id": "msg_1", "content": [dict(part)]}
    done = [
        {"type": "response.content_part.done", **place, "part": part},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
    ]
    events = fed(delta, added, *done)
    assert [event["type"].split(".", 1)[1] for event in events] == [
        "output_text.delta",
        "content_part.done",
        "output_item.done",
    ]
    assert events[0]["logprobs"] == []
    bare = {"type": "output_text", "text": "a", "annotations": [], "logprobs": []}
    assert events[1]["part"] == events[2]["item"]["content"][0] == bare
    plain = fed(delta, added, *done, made=Pseudonymiser(KEYRING).session(SCOPE))
    assert plain[1]["annotation"] == note
    assert plain[0]["logprobs"]


def test_a_value_never_goes_into_what_names_a_thing() -> None:
    _, placeholder = session()
    item = {"type": "function_call", "id": f"fc {placeholder}", "call_id": placeholder, "arguments": "{}"}
    events = fed(
        {"type": "response.output_item.added", "output_index": 0, "item": item},
        {"type": "response.output_text.delta", "item_id": placeholder, "output_index": 0, "delta": "x"},
    )
    assert VALUE not in json.dumps(events, ensure_ascii=False)
    assert KEYS.take("call", events[0]["item"]["call_id"]) == placeholder


@pytest.mark.parametrize("end", ["completed", "incomplete", "failed"])
def test_each_end_ends_the_stream_and_gives_out_what_is_held(end: str) -> None:
    made, placeholder = session()
    stream = reader(made)
    delta = {"type": "response.output_text.delta", "output_index": 0, "content_index": 0, "delta": "a [PER"}
    error = {"code": "server_error", "message": f"pour {placeholder}"} if end == "failed" else None
    details = {"reason": "max_output_tokens"} if end == "incomplete" else None
    response = {
        "id": "resp_1", "status": end, "error": error, "incomplete_details": details, "output": [],
        "usage": {"input_tokens": 3, "output_tokens": 4},
    }  # fmt: skip
    ending = {"type": f"response.{end}", "response": response}
    out = b"".join(stream.feed(Event("", json.dumps(one).encode())) for one in (delta, ending))
    events = [json.loads(event.data) for event in EventParser().feed(out)]
    assert [event.get("delta") for event in events] == ["a ", "[PER", None]
    assert stream.ended
    assert not stream.failed
    assert (stream.outcome.input_tokens, stream.outcome.output_tokens) == (3, 4)
    assert stream.outcome.finish == ("max_output_tokens" if details else end)
    if error:
        assert events[-1]["response"]["error"]["message"] == f"pour {VALUE}"


def test_signs_of_life_and_the_mark_of_other_protocols_end_nothing() -> None:
    stream = reader(session()[0])
    assert stream.feed(Event("", b"")) == b":\n\n"
    assert stream.feed(Event("", b"[DONE]")) == b""
    assert not stream.ended


def test_the_provider_s_own_error_is_not_passed_on() -> None:
    stream = reader(session()[0])
    error = {"type": "error", "code": "x", "message": "quota de la clé sk-1234", "sequence_number": 4}
    assert stream.feed(Event("error", json.dumps(error).encode())) == b""
    assert stream.failed


@pytest.mark.parametrize(
    "data",
    [b"[]", b"{", b"3", b"{}", b"null", b'{"type": 3}', b'{"type": "message_start"}', b'{"type": "a\\nb"}',
     b'{"type": "response.x\\n\\ndata: 1"}', b'{"type": "response.completed"}', b"\xff",
     b'{"type": "response.completed", "response": []}',
     b'{"type": "response.output_text.delta", "output_index": "0", "delta": "x"}',
     b'{"type": "response.output_text.delta", "sequence_number": true, "delta": "x"}',
     b'{"type": "response.output_item.added", "item": {"id": 3}}',
     b'{"type": "response.created", "response": {"id": ["x"]}}',
     b'{"type": "response.created", "response": {"output": [3]}}'],
)  # fmt: skip
def test_events_of_another_shape_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one is not told to anybody
        reader(session()[0]).feed(Event("", data))


NAMES = [
    "response",
    "item",
    "part",
    "delta",
    "text",
    "arguments",
    "item_id",
    "annotation",
    "output_index",
    "content_index",
    "id",
    "call_id",
    "output",
    "content",
    "summary",
    "conversation",
    "usage",
    "logprobs",
    "sequence_number",
    "encrypted_content",
    "instructions",
]
KINDS = [
    "created",
    "completed",
    "output_item.added",
    "output_item.done",
    "output_text.delta",
    "output_text.done",
    "content_part.done",
    "function_call_arguments.delta",
    "autre",
]
ANY = st.recursive(
    st.sampled_from([None, True, 3, 0, "x", "{}", "[PER", VALUE[:4]]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    events=st.lists(
        st.tuples(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), ANY)), max_size=5
    )
)
def test_whatever_the_provider_sends_is_read_or_refused_and_names_stay_sealed(events: list[Any]) -> None:
    made, placeholder = session()
    stream = reader(made)
    out = b""
    for kind, content in events:
        data = json.dumps({**content, "type": f"response.{kind}"}).replace("{}", placeholder)
        try:
            out += stream.feed(Event("", data.encode()))
        except (ValueError, TypeError, AttributeError):  # what the gateway takes for an odd answer
            break
    out += stream.close()
    for event in EventParser().feed(out):
        told = json.loads(event.data)
        assert event.name == told["type"]
        holders = [told.get(name) for name in ("item", "response")]
        names = [
            told.get("item_id"),
            *(one["id"] for one in holders if isinstance(one, dict) and "id" in one),
        ]
        assert all(KEYS.take("item", one) or KEYS.take("response", one) for one in names if one)


def test_the_assistant_could_read_it_piece_by_piece() -> None:
    made, placeholder = session()
    stream = reader(made)
    events = EventParser().feed(wire_of(f"Pour {placeholder}, [PERS", 4))
    deltas = [delta for event in events for delta in stream.deltas(event)]
    assert "".join(delta.text for delta in deltas) == f"Pour {VALUE}, [PERS"
    assert [delta.text for delta in deltas if delta.label] == [VALUE]
    assert stream.ended
