from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.gateway.sse import COMMENT, Event, EventParser, encode

WIRE = (
    "\ufeffdata: un\n\n: signe de vie\n\nevent: delta\r\ndata: né à Évry\r\n\r\n"
    "id: 7\ndata: deux\ndata: lignes\n\nretry: 10\n\ndata:sans espace\r\rdata: fin\n\n"
).encode()
EVENTS = [
    Event("", b"un"),
    Event("", b""),
    Event("delta", "né à Évry".encode()),
    Event("", b"deux\nlignes"),
    Event("", b"sans espace"),
    Event("", b"fin"),
]


def parse(*chunks: bytes) -> list[Event]:
    parser = EventParser()
    return [event for chunk in chunks for event in parser.feed(chunk)] + parser.close()


def test_every_form_of_the_standard_is_read() -> None:
    assert parse(WIRE) == EVENTS


def test_every_cut_in_two_gives_the_same_events() -> None:
    for at in range(len(WIRE) + 1):
        assert parse(WIRE[:at], WIRE[at:]) == EVENTS


def test_byte_by_byte() -> None:
    assert parse(*(WIRE[i : i + 1] for i in range(len(WIRE)))) == EVENTS


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), min_size=1)))
def test_what_is_encoded_is_read_back(texts: list[str]) -> None:
    wire = b"".join(encode(text.encode(), "delta") for text in texts)
    assert parse(wire) == [Event("delta", text.encode()) for text in texts]


def test_the_last_event_needs_no_blank_line() -> None:
    assert parse(b"data: [DONE]\n") == [Event("", b"[DONE]")]


def test_a_comment_is_a_sign_of_life() -> None:
    assert parse(COMMENT) == [Event("", b"")]


def test_an_event_without_end_is_refused() -> None:
    parser = EventParser()
    try:
        for _ in range(9):
            parser.feed(b"data: " + b"x" * 1_000_000)
    except ValueError:
        return
    raise AssertionError("an endless event was accepted")
