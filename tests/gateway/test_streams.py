"""Streamed answers of both dialects, cut at every byte: what the caller reads never depends on the cuts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from tests.gateway.staging import KEYRING

from egide.detection import Finding
from egide.gateway.dialect import StreamReader
from egide.gateway.dialects import by_kind
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.loopback_answers import anthropic_events, openai_events
from egide.gateway.sse import Event, EventParser
from egide.pseudonymisation import Pseudonymiser, Scope, Session

SCOPE = Scope("acme", "p-1", "redaction")
KEYS = ScopeKeys.of(KEYRING, SCOPE)
VALUE = 'Solenne "Léa" Garrigou'
TOOLS = {
    "openai": [{"type": "function", "function": {"name": name}} for name in ("noter", "archiver")],
    "anthropic": [{"name": name} for name in ("noter", "archiver")],
}
EVENTS: dict[str, Callable[..., Iterator[str]]] = {"openai": openai_events, "anthropic": anthropic_events}
KINDS = ("openai", "anthropic")


def session() -> tuple[Session, str]:
    """A session that issued one value, and its placeholder."""
    made = Pseudonymiser(KEYRING).session(SCOPE)
    return made, made.mask(VALUE, [Finding(0, len(VALUE), "PERSON", 1.0, "test", "")])


def reader(kind: Any, made: Session) -> StreamReader:
    return by_kind(kind).stream(made, KEYS)


def through(kind: str, wire: bytes, *cuts: int) -> list[Event]:
    """What the caller's own parser reads of a stream that the provider sent in these pieces."""
    made, _ = session()
    stream, parser = reader(kind, made), EventParser()
    bounds = [0, *cuts, len(wire)]
    pieces = [wire[a:b] for a, b in pairwise(bounds)]
    out = b"".join(stream.feed(event) for piece in pieces for event in parser.feed(piece))
    return [event for event in EventParser().feed(out) if event.data]


def texts(kind: str, events: list[Event]) -> dict[Any, str]:
    """The text of each place of the answer, as a client puts it together."""
    found: dict[Any, str] = {}
    for event in events:
        if event.data == b"[DONE]":
            continue
        content = json.loads(event.data)
        for place, piece in (_openai if kind == "openai" else _anthropic)(content):
            found[place] = found.get(place, "") + piece
    return found


def _openai(content: Any) -> Iterator[tuple[Any, str]]:
    for choice in content["choices"]:
        delta = choice["delta"]
        yield (choice["index"], "content"), delta.get("content") or ""
        for call in delta.get("tool_calls", ()):
            yield (choice["index"], call["index"]), call["function"]["arguments"]


def _anthropic(content: Any) -> Iterator[tuple[Any, str]]:
    delta = content.get("delta", {})
    if content["type"] == "content_block_delta":
        yield content["index"], delta.get("text", delta.get("partial_json", delta.get("thinking", "")))


def wire_of(kind: str, text: str, size: int, **body: Any) -> bytes:
    def cut(piece: str) -> Iterator[str]:
        yield from (piece[i : i + size] for i in range(0, len(piece), size))

    return "".join(EVENTS[kind]({"model": "m", **body}, text, cut)).encode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_text_is_restored_however_the_provider_cuts_it(kind: str, size: int) -> None:
    _, placeholder = session()
    found = texts(kind, through(kind, wire_of(kind, f"Bonjour {placeholder}, à Évry [sic]", size)))
    assert [text for text in found.values() if text] == [f"Bonjour {VALUE}, à Évry [sic]"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_tool_arguments_are_restored_as_json(kind: str, size: int) -> None:
    _, placeholder = session()
    wire = wire_of(kind, f"écrire à {placeholder}", size, tools=TOOLS[kind])
    found = [text for text in texts(kind, through(kind, wire)).values() if text]
    assert [json.loads(text) for text in found] == [{"texte": f"écrire à {VALUE}"}] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_cut_of_the_bytes_gives_the_same_text(kind: str) -> None:
    _, placeholder = session()
    wire = wire_of(kind, f"à {placeholder} !", 4)
    whole = through(kind, wire)
    for at in range(0, len(wire), 3):
        assert through(kind, wire, at) == whole


@pytest.mark.parametrize("kind", KINDS)
def test_held_text_comes_before_the_end_of_its_place(kind: str) -> None:
    wire = wire_of(kind, "la fin tient dans [PERSONNE", 6)
    events = through(kind, wire)
    said = [text for text in texts(kind, events).values() if text]
    assert said == ["la fin tient dans [PERSONNE"]
    if kind == "openai":
        finish = [json.loads(e.data)["choices"][0]["finish_reason"] for e in events[:-1]]
        assert finish == [*[None] * (len(finish) - 1), "stop"]
    else:
        names = [event.name for event in events]
        assert names.index("content_block_stop") > max(
            i for i, name in enumerate(names) if name == "content_block_delta"
        )


def test_text_in_the_chunk_that_ends_the_choice_comes_in_order() -> None:
    made, placeholder = session()
    stream = reader("openai", made)
    first, second = placeholder[:6], placeholder[6:]
    out = stream.feed(_chunk({"content": f"Avant {first}"})) + stream.feed(
        _chunk({"content": second}, "stop")
    )
    events = EventParser().feed(out)
    assert texts("openai", events) == {(0, "content"): f"Avant {VALUE}"}
    assert json.loads(events[-1].data)["choices"][0]["finish_reason"] == "stop"


def test_several_choices_are_kept_apart() -> None:
    _, placeholder = session()
    found = texts("openai", through("openai", wire_of("openai", f"x {placeholder}", 3, n=3)))
    assert found == {(i, "content"): f"x {VALUE}" for i in range(3)}


@pytest.mark.parametrize("kind", KINDS)
def test_without_anything_masked_events_go_on_as_they_came(kind: Any) -> None:
    stream = by_kind(kind).stream(Pseudonymiser(KEYRING).session(SCOPE), KEYS)
    wire = wire_of(kind, "rien à [PERSONNE_7K4Q2M]", 5)
    given = [event for event in EventParser().feed(wire) if event.data]
    out = EventParser().feed(b"".join(stream.feed(event) for event in given))
    assert [event.data for event in out] == [event.data for event in given]
    assert stream.ended


def test_logprobs_leave_with_the_masked() -> None:
    made, _ = session()
    chunk = {"choices": [{"index": 0, "delta": {"content": "a"}, "logprobs": {"content": [{"token": "["}]}}]}
    out = reader("openai", made).feed(Event("", json.dumps(chunk).encode()))
    assert json.loads(EventParser().feed(out)[0].data)["choices"][0]["logprobs"] is None


@pytest.mark.parametrize("field", ["content", "reasoning_content", "refusal"])
def test_each_text_of_a_choice_has_its_own_restorer(field: str) -> None:
    made, placeholder = session()
    stream = reader("openai", made)
    out = b"".join(stream.feed(_chunk({field: letter, "role": "assistant"})) for letter in placeholder)
    out += stream.feed(Event("", b"[DONE]"))
    pieces = [json.loads(e.data)["choices"][0]["delta"].get(field, "") for e in EventParser().feed(out)[:-1]]
    assert "".join(pieces) == VALUE


def test_an_unknown_text_is_restored_when_it_comes_whole() -> None:
    made, placeholder = session()
    out = reader("openai", made).feed(_chunk({"citation": {"titre": f"Lettre à {placeholder}"}}))
    assert json.loads(EventParser().feed(out)[0].data)["choices"][0]["delta"] == {
        "citation": {"titre": f"Lettre à {VALUE}"}
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "data",
    [b"[]", b"{", b"3", b"{}", b'{"choices": 3}', b'{"choices": [3]}', b'{"choices": [{"delta": 3}]}',
     b'{"choices": [{"index": [], "delta": {}}]}', b'{"type": "content_block_delta"}', b'{"type": "a\\nb"}',
     b'{"type": "content_block_delta", "index": "0", "delta": {"type": "text_delta", "text": "x"}}',
     b'{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta"}}', b"\xff"],
)  # fmt: skip
def test_events_of_another_shape_are_refused(kind: Any, data: bytes) -> None:
    made, _ = session()
    with pytest.raises(ValueError):  # noqa: PT011 - which one is not told to anybody
        reader(kind, made).feed(Event("", data))


@pytest.mark.parametrize("kind", KINDS)
def test_the_provider_s_own_error_is_not_passed_on(kind: Any) -> None:
    made, _ = session()
    stream = reader(kind, made)
    error = {"type": "error", "error": {"message": "quota de la clé sk-1234"}}
    assert stream.feed(Event("error", json.dumps(error).encode())) == b""
    assert stream.failed


def _chunk(delta: dict[str, Any], finish: str | None = None) -> Event:
    content = {"id": "1", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return Event("", json.dumps(content).encode())
