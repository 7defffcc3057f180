from __future__ import annotations

from typing import Any

import openai
import pytest
import yaml
from tests.gateway.staging import KEY, Stage

from egide.checks import Note
from egide.gateway.dialects import by_kind
from egide.gateway.noting import add_note
from egide.policy import Policy


def noted(kind: Any, messages: list[Any], place: Note, **more: Any) -> Any:
    request = {"messages": messages, **more}
    add_note(by_kind(kind), request, "NOTE", place)
    return request


def test_the_note_goes_in_front_of_what_the_person_says() -> None:
    said = noted("openai", [{"role": "user", "content": "Bonjour"}], Note.USER)
    assert said["messages"] == [{"role": "user", "content": "NOTE\n\nBonjour"}]
    said = noted("openai", [{"role": "user", "content": [{"type": "text", "text": "x"}]}], Note.USER)
    assert said["messages"][0]["content"][0] == {"type": "text", "text": "NOTE\n\n"}


@pytest.mark.parametrize("place", list(Note))
def test_a_system_message_of_the_callers_own_bears_it(place: Note) -> None:
    said = noted(
        "openai", [{"role": "system", "content": "Sois bref."}, {"role": "user", "content": "x"}], place
    )
    assert said["messages"][0] == {"role": "system", "content": "NOTE\n\nSois bref."}


def test_where_the_protocol_has_a_place_of_its_own_it_stays_there() -> None:
    said = noted("anthropic", [{"role": "user", "content": "x"}], Note.SYSTEM)
    assert said == {"messages": [{"role": "user", "content": "x"}], "system": "NOTE"}


@pytest.mark.parametrize("messages", [[], [{"role": "assistant", "content": None}], [{"role": "user"}]])
def test_a_message_that_can_take_none_is_left(messages: list[Any]) -> None:
    assert noted("openai", messages, Note.USER)["messages"][0]["role"] == "system"


async def test_the_policy_decides(stage: Stage) -> None:
    content = yaml.safe_load(Policy.default().to_yaml())
    stage.company.policy = Policy.from_yaml(yaml.safe_dump({**content, "checks": {"note": "user"}}))
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        await client.chat.completions.create(
            model="grand", messages=[{"role": "user", "content": "Je suis Mme Solenne Garrigou."}]
        )
    (only,) = stage.provider.received[0].body["messages"]
    assert only["role"] == "user"
    assert only["content"].startswith("Certaines valeurs")
