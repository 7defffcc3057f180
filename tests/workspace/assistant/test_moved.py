"""Another service answered: the person is told which and why, while it answers and afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.test import AsyncClient
from tests.workspace.assistant import conftest
from tests.workspace.assistant.conftest import PROVIDERS, Echo, events, post

from egide.errors import GatewayError
from egide.policy import Decision
from egide.ports import Delta, Health, Moved, Trouble
from egide.workspace.assistant.words import moved

HOME, AWAY = PROVIDERS
SAID = "« Ailleurs » n'a pas répondu : « Maison », un service local, a répondu à sa place."
DRAFT = {"text": "Bonjour.", "usage": "redaction", "provider": "ailleurs", "model": "a"}


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch, echo: Echo) -> Echo:
    """An exchange in which another service answers."""

    def pieces(text: str, decision: Decision) -> Iterator[Delta]:
        yield Delta("", moved=Moved(AWAY, HOME, "silent"))
        yield Delta("Bonjour à vous.")

    monkeypatch.setattr(conftest, "_pieces", pieces)
    return echo


async def test_it_is_said_before_the_answer_and_when_it_is_read_again(
    moving: Echo, collaborator: AsyncClient
) -> None:
    started, said, piece, done = await events(collaborator, DRAFT)
    assert said == {"type": "moved", "said": SAID}
    assert (piece["text"], done["type"]) == ("Bonjour à vous.", "done")
    page = await collaborator.get(f"/assistant/conversations/{started['conversation']}/")
    assert f'<p class="eg-moved eg-quiet small">{SAID}</p>' in page.content.decode().replace("&#x27;", "'")


async def test_when_no_service_answered_nothing_is_said_of_it(echo: Echo, collaborator: AsyncClient) -> None:
    started, *others = await events(collaborator, DRAFT)
    assert "moved" not in {event["type"] for event in others}
    page = await collaborator.get(f"/assistant/conversations/{started['conversation']}/")
    assert page.content.decode().count('<p class="eg-moved eg-quiet small" hidden></p>') == 3


async def test_another_service_that_fails_at_once_gives_the_question_back(
    moving: Echo, collaborator: AsyncClient
) -> None:
    moving.fail, moving.fail_after = GatewayError("EG-4011", provider="Maison"), 1
    *_, said, last = await events(collaborator, DRAFT)
    assert (said["type"], last["type"], last["kept"]) == ("moved", "error", False)


@pytest.mark.parametrize("state", ["closed", "open", "half-open"])
async def test_a_service_left_alone_is_said_before_sending(
    echo: Echo, collaborator: AsyncClient, state: Any
) -> None:
    echo.healths = {"ailleurs": Health(state, 5, 20.0), "maison": Health("open", 5, 20.0)}
    told = (await post(collaborator, "apercu", DRAFT)).json()["destination"]
    assert ("ne répond pas en ce moment" in told) == (state == "open")
    assert told.startswith("Part chez un fournisseur public.")


@pytest.mark.parametrize("why", get_args(Trouble))
def test_every_trouble_has_its_sentence(why: Trouble) -> None:
    said = moved(Moved(AWAY, HOME, why))
    assert said.endswith(" : « Maison », un service local, a répondu à sa place.")
    assert "« Ailleurs »" in said
