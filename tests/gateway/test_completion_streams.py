"""Streamed completions, cut at every byte: what the caller reads never depends on the cuts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from tests.gateway.staging import KEYRING

from egide.detection import Finding
from egide.gateway.dialects import dialects
from egide.gateway.dialects.openai_completions.stream import CompletionStream
from egide.gateway.loopback_completions import completion_events
from egide.gateway.sse import Event, EventParser
from egide.pseudonymisation import Pseudonymiser, Scope, Session

VALUE = "Solenne Garrigou"


def session() -> tuple[Session, str]:
    """A session that issued one value, and its placeholder."""
    made = Pseudonymiser(KEYRING).session(Scope("acme", "p-1", "redaction"))
    return made, made.mask(VALUE, [Finding(0, len(VALUE), "PERSON", 1.0, "test", "")])


def wire_of(text: str, size: int, **body: Any) -> bytes:
    def cut(piece: str) -> Iterator[str]:
        yield from (piece[i : i + size] for i in range(0, len(piece), size))

    return "".join(completion_events({"model": "m", "prompt": "x", **body}, text, cut)).encode()


def through(wire: bytes, *cuts: int) -> bytes:
    """What the caller gets of a stream that the provider sent in these pieces."""
    stream, parser = CompletionStream(session()[0]), EventParser()
    pieces = [wire[a:b] for a, b in pairwise([0, *cuts, len(wire)])]
    return b"".join(stream.feed(event) for piece in pieces for event in parser.feed(piece))


def chunks(out: bytes) -> list[dict[str, Any]]:
    events = [event.data for event in EventParser().feed(out) if event.data]
    assert events[-1] == b"[DONE]"
    return [json.loads(data) for data in events[:-1]]


def texts(out: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in chunks(out):
        for choice in chunk["choices"]:
            found[choice["index"]] = found.get(choice["index"], "") + choice["text"]
    return found


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_text_is_restored_however_the_provider_cuts_it(size: int) -> None:
    _, placeholder = session()
    wire = wire_of(f"Bonjour {placeholder}, à Évry [sic]", size)
    assert texts(through(wire)) == {0: f"Bonjour {VALUE}, à Évry [sic]"}


def test_every_cut_of_the_bytes_gives_the_same_stream() -> None:
    _, placeholder = session()
    wire = wire_of(f"à {placeholder} !", 4, n=2)
    whole = through(wire)
    for at in range(len(wire)):
        assert chunks(through(wire, at)) == chunks(whole)


@pytest.mark.parametrize("size", [1, 3, 7])
def test_choices_that_come_interleaved_are_kept_apart(size: int) -> None:
    _, placeholder = session()
    wire = wire_of(f" suivi par {placeholder}", size, prompt=[placeholder, "Rien."], n=2, echo=True)
    found = texts(through(wire))
    assert found == {
        0: f"{VALUE} suivi par {VALUE}",
        1: f"{VALUE} suivi par {VALUE}",
        2: f"Rien. suivi par {VALUE}",
        3: f"Rien. suivi par {VALUE}",
    }


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_held_text_comes_before_the_end_of_its_choice(size: int) -> None:
    out = through(wire_of("la fin tient dans [PERSONNE", size))
    assert texts(out) == {0: "la fin tient dans [PERSONNE"}
    finish = [chunk["choices"][0]["finish_reason"] for chunk in chunks(out)]
    assert finish == [*[None] * (len(finish) - 1), "stop"]


def test_held_text_comes_when_no_chunk_ends_the_choice() -> None:
    stream = CompletionStream(session()[0])
    out = stream.feed(_chunk("dans [PERSONNE")) + stream.feed(Event("", b"[DONE]"))
    assert texts(out) == {0: "dans [PERSONNE"}
    assert {chunk["id"] for chunk in chunks(out)} == {"1"}


def test_without_anything_masked_events_go_on_as_they_came() -> None:
    stream = dialects()["/completions"].stream(
        Pseudonymiser(KEYRING).session(Scope("a", "p", "u")),
        None,  # type: ignore[arg-type]
    )
    given = EventParser().feed(wire_of("rien à [PERSONNE_7K4Q2M]", 5, logprobs=1))
    out = EventParser().feed(b"".join(stream.feed(event) for event in given))
    assert [event.data for event in out] == [event.data for event in given]
    assert stream.ended


def test_logprobs_leave_with_the_masked() -> None:
    out = through(wire_of("rien de masqué ici", 5, logprobs=1))
    assert {chunk["choices"][0]["logprobs"] for chunk in chunks(out)} == {None}


def test_an_unknown_text_is_restored_when_it_comes_whole() -> None:
    _, placeholder = session()
    out = CompletionStream(session()[0]).feed(_chunk("a", stop_reason=f"\n{placeholder}"))
    (event,) = EventParser().feed(out)
    assert json.loads(event.data)["choices"][0]["stop_reason"] == f"\n{VALUE}"


@pytest.mark.parametrize(
    "data",
    [b"[]", b"{", b"3", b"{}", b'{"choices": 3}', b'{"choices": [3]}', b'{"choices": [{"text": 3}]}',
     b'{"choices": [{"index": [], "text": ""}]}', b'{"choices": [{"delta": {"content": "x"}}]}', b"\xff"],
)  # fmt: skip
def test_events_of_another_shape_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one is not told to anybody
        CompletionStream(session()[0]).feed(Event("", data))


def test_the_provider_s_own_error_is_not_passed_on() -> None:
    stream = CompletionStream(session()[0])
    assert stream.feed(Event("", b'{"error": {"message": "quota de la cl\\u00e9 sk-1234"}}')) == b""
    assert stream.failed


def _chunk(text: str, finish: str | None = None, **more: Any) -> Event:
    choice = {"index": 0, "text": text, "finish_reason": finish, **more}
    return Event("", json.dumps({"id": "1", "choices": [choice]}).encode())
