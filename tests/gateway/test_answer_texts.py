from __future__ import annotations

import json

import pytest

from egide.gateway.answer_texts import StreamTexts, text_of
from egide.gateway.loopback_answers import anthropic_answer, anthropic_events, openai_answer, openai_events

TEXT = "Bonjour Mme Garrigou, voici « la suite »."
OPENAI = {"model": "m", "n": 2}
ANTHROPIC = {"model": "m", "thinking": {"type": "enabled"}}
TOOLS = {"model": "m", "tools": [{"name": "noter"}]}


def pieces(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(0, len(text), 3)]


def streamed(events: list[str], size: int) -> str:
    texts, wire = StreamTexts(), "".join(events).encode()
    for at in range(0, len(wire), size):
        texts.add(wire[at : at + size])
    return texts.text()


@pytest.mark.parametrize("size", [1, 60, 100_000])
def test_the_pieces_of_each_text_are_put_together(size: int) -> None:
    assert streamed(list(openai_events(OPENAI, TEXT, pieces)), size).split("\n\n").count(TEXT) == 2
    said = streamed(list(anthropic_events(ANTHROPIC, TEXT, pieces)), size)
    assert f"Lire : {TEXT}" in said
    assert said.split("\n\n").count(TEXT) == 1


def test_whole_answers_give_the_same_texts() -> None:
    assert text_of(openai_answer(OPENAI, TEXT)).split("\n\n") == [TEXT, TEXT]
    assert TEXT in text_of(anthropic_answer(ANTHROPIC, TEXT))
    assert TEXT in text_of(anthropic_answer(TOOLS, TEXT))


def test_a_long_stream_is_read_on_the_way() -> None:
    event = "data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": "mot "}}]}) + "\n\n"
    assert streamed([event] * 2_000, 999) == "mot " * 2_000


def test_names_and_identifiers_are_no_texts() -> None:
    assert text_of({"id": "chatcmpl-1", "model": "m", "choices": [{"message": {"role": "assistant"}}]}) == ""
