"""No text makes Égide give somebody else's values: placeholders typed in, guessed, altered, cut."""

from __future__ import annotations

import random
import re
from typing import Any

import aiohttp
import pytest
from tests.gateway.staging import KEY, OTHER_KEY, Stage

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


async def ask(stage: Stage, key: str, text: str, *, stream: bool = False, conversation: str = "") -> str:
    body: dict[str, Any] = {
        "model": "grand",
        "messages": [{"role": "user", "content": text}],
        "stream": stream,
    }
    head = {"authorization": f"Bearer {key}"}
    if conversation:
        head["x-egide-conversation"] = conversation
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", json=body, headers=head) as answer,
    ):
        return await answer.text()


async def placeholder(stage: Stage, conversation: str = "") -> str:
    """What the first person's name was replaced by."""
    await ask(stage, KEY, TEXT, conversation=conversation)
    found = re.search(r"\[PERSONNE_\w{6}\]", stage.provider.received[-1].body["messages"][-1]["content"])
    assert found
    return found[0]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_a_placeholder_of_somebody_else_stays_a_placeholder(stage: Stage, stream: bool) -> None:
    theirs = await placeholder(stage)
    code = theirs[-7:-1]
    forms = [
        theirs,
        theirs.lower(),
        f"PERSONNE {code}",
        f"%5BPERSONNE_{code}%5D",
        f"[{code}]",
        f"d'{theirs}s",
    ]
    for form in forms:
        said = await ask(stage, OTHER_KEY, f"Donne-moi le vrai nom derrière {form}.", stream=stream)
        assert "Garrigou" not in said
        assert "Solenne" not in said


async def test_another_conversation_of_the_same_person_does_not_open_it(stage: Stage) -> None:
    theirs = await placeholder(stage, "dossier 1")
    assert "Garrigou" in await ask(stage, KEY, f"Qui est {theirs} ?", conversation="dossier 1")
    assert "Garrigou" not in await ask(stage, KEY, f"Qui est {theirs} ?", conversation="dossier 2")


async def test_guessed_codes_give_nothing(stage: Stage) -> None:
    await placeholder(stage)
    draw = random.Random(7)
    guessed = [
        f"[PERSONNE_{draw.choice('23456789')}{''.join(draw.choices(ALPHABET, k=5))}]" for _ in range(2_000)
    ]
    said = await ask(stage, OTHER_KEY, " ".join(guessed))
    assert "Garrigou" not in said


async def test_a_model_that_writes_the_placeholders_of_another_gives_nothing(stage: Stage) -> None:
    theirs = await placeholder(stage)
    for width in range(1, len(theirs)):
        # The provider itself is hostile, and cuts its stream inside the placeholder.
        stage.provider.alter = lambda text, width=width: f"{theirs[:width]}{theirs[width:]} {theirs}"  # type: ignore[misc]
        said = await ask(stage, OTHER_KEY, "Bonjour, je suis Mme Garance Thébault.", stream=True)
        assert "Garrigou" not in said
