"""What is decided for the company from the Assistant, by a pilot, and proposed by the others."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient
from tests.workspace.assistant.conftest import post

from egide.workspace.feedback import services as feedback
from egide.workspace.feedback.models import Kind, Proposal
from egide.workspace.feedback.sealing import unseal
from egide.workspace.policies import services as policies


@pytest.mark.parametrize("address", ["exceptions", "termes"])
async def test_a_collaborator_does_not_decide_for_the_company(
    collaborator: AsyncClient, address: str
) -> None:
    refused = await post(collaborator, address, {"value": "Aurore"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "EG-6107")
    assert await sync_to_async(policies.exemptions)() == frozenset()
    assert await sync_to_async(policies.terms)() == ()


async def test_a_pilot_declares_an_exception_and_takes_it_back(pilot: AsyncClient) -> None:
    assert (await post(pilot, "exceptions", {"value": "Aurore"})).json() == {"done": True}
    assert len(await sync_to_async(policies.exemptions)()) == 1
    await post(pilot, "exceptions", {"value": "Aurore", "undo": True})
    assert await sync_to_async(policies.exemptions)() == frozenset()


async def test_a_pilot_declares_a_term(pilot: AsyncClient) -> None:
    await post(pilot, "termes", {"value": "projet Aurore"})
    assert [term.text for term in await sync_to_async(policies.terms)()] == ["projet Aurore"]


async def test_a_collaborator_proposes_and_nothing_is_decided(
    collaborator: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"kind": "not_personal", "value": "Aurore", "label": "PERSON", "sentence": "Le projet Aurore."}
    assert (await post(collaborator, "propositions", asked)).json() == {"outcome": "sent"}
    assert (await post(collaborator, "propositions", asked)).json() == {"outcome": "sent"}
    proposal = await Proposal.objects.aget()
    assert (proposal.kind, proposal.label) == (Kind.NOT_PERSONAL, "PERSON")
    assert unseal(proposal).sentence == "Le projet Aurore."
    assert await sync_to_async(policies.exemptions)() == frozenset()
    assert "Aurore" not in caplog.text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "always"}, "EG-6105"),
        ({"label": "AURORE"}, "EG-6105"),
        ({"surprise": 1}, "EG-6105"),
        ({"value": "a"}, "EG-6014"),
        ({"value": "Aurore" * 40}, "EG-6014"),
        ({"sentence": "Rien de tel."}, "EG-6301"),
        ({"sentence": "Aurore " * 200}, "EG-6301"),
    ],
)
async def test_a_wrong_proposal_is_refused_without_its_values(
    collaborator: AsyncClient, change: dict[str, Any], code: str
) -> None:
    answer = await post(collaborator, "propositions", {"kind": "hide", "value": "Aurore", **change})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    said = answer.content.decode()
    assert "urore" not in said.lower()
    assert "Rien de tel" not in said
    assert not await Proposal.objects.aexists()


async def test_too_many_proposals_of_one_person_are_refused(
    collaborator: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MOST_WAITING", 1)
    await post(collaborator, "propositions", {"kind": "hide", "value": "Aurore"})
    answer = await post(collaborator, "propositions", {"kind": "hide", "value": "basalte"})
    assert answer.json()["error"]["code"] == "EG-6303"
