from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient
from tests.workspace.assistant.conftest import Echo, events, post

from egide.workspace.assistant.models import Conversation

PERSON = "Résume pour Mme Zoé Lefèvre (06 12 34 56 78)."


def _draft(text: str, prompt: str = "dir-synthese", provider: str = "ailleurs") -> dict[str, Any]:
    return {"text": text, "usage": "redaction", "provider": provider, "model": "", "prompt": prompt}


async def test_what_the_prompt_is_not_for_is_told_before_sending(collaborator: AsyncClient) -> None:
    told = (await post(collaborator, "apercu", _draft(PERSON))).json()
    (warning,) = told["warnings"]
    assert "« Résumer un document public » n'est pas faite pour ces données" in warning
    assert "nom de personne (1), numéro de téléphone (1), de la classe « Personnel »" in warning
    assert "Lefèvre" not in warning
    without = (await post(collaborator, "apercu", _draft(PERSON, prompt=""))).json()
    assert without["warnings"] == []
    assert without["seen"] != told["seen"]
    assert (await post(collaborator, "apercu", _draft("Rien de spécial."))).json()["warnings"] == []


async def test_a_word_that_the_person_hides_is_no_strategic_data(collaborator: AsyncClient) -> None:
    draft = {**_draft("Le chantier basalte attend."), "hide": ["basalte"]}
    told = (await post(collaborator, "apercu", draft)).json()
    assert told["warnings"] == []
    assert told["findings"]


async def test_the_conversation_keeps_its_prompt_and_shows_what_to_verify(
    collaborator: AsyncClient, echo: Echo
) -> None:
    told = await events(collaborator, _draft("Le rapport dit ceci."))
    kept = await sync_to_async(Conversation.objects.get)()
    assert (kept.prompt, told[-1]["type"]) == ("dir-synthese", "done")
    page = (await collaborator.get(f"/assistant/conversations/{kept.id}/")).content.decode()
    assert "Rien d&#x27;important n&#x27;a été oublié ou ajouté" in page
    # The one that it was begun with, whatever the page says afterwards.
    after = {**_draft(PERSON, prompt="com-relance"), "conversation": str(kept.id)}
    (warning,) = (await post(collaborator, "apercu", after)).json()["warnings"]
    assert "Résumer un document public" in warning


async def test_a_prompt_that_is_gone_stops_what_would_begin_with_it(collaborator: AsyncClient) -> None:
    for address in ("apercu", "envoyer"):
        answer = await post(collaborator, address, {**_draft("Bonjour", prompt="inconnue"), **_seen(address)})
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "EG-6471"


async def test_a_conversation_goes_on_when_its_prompt_is_gone(collaborator: AsyncClient) -> None:
    await events(collaborator, _draft("Le rapport dit ceci."))
    await sync_to_async(Conversation.objects.update)(prompt="retiree")
    kept = await sync_to_async(Conversation.objects.get)()
    after = {**_draft(PERSON), "conversation": str(kept.id)}
    assert (await post(collaborator, "apercu", after)).json()["warnings"] == []
    assert (await collaborator.get(f"/assistant/conversations/{kept.id}/")).status_code == 200


def _seen(address: str) -> dict[str, str]:
    return {"seen": "x"} if address == "envoyer" else {}


@pytest.mark.parametrize("prompt", ["x" * 65, None, 3])
async def test_a_name_of_a_wrong_shape_is_refused(collaborator: AsyncClient, prompt: object) -> None:
    answer = await post(collaborator, "apercu", {**_draft("Bonjour"), "prompt": prompt})
    assert answer.json()["error"]["code"] == "EG-6105"
