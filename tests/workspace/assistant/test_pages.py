"""The pages of the Assistant, as a browser receives them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from egide.ports import Delta
from egide.workspace.accounts.models import User
from egide.workspace.assistant import history
from egide.workspace.assistant.body import Body
from egide.workspace.assistant.drafting import draft_of
from egide.workspace.assistant.models import Conversation, Message
from egide.workspace.assistant.requests import DraftRequest


def begin(owner: User, text: str = "Relance <b>Zoé</b> & co") -> Conversation:
    draft = draft_of(owner, DraftRequest(text=text, usage="redaction", provider="ailleurs", model="a"))
    kept = history.ask(owner, draft, Body(text), None, timezone.now())
    answer = Body.of_answer([Delta("Chère "), Delta("Zoé <i>", "PERSON")])
    history.answer(kept, answer, Message.State.STOPPED, timezone.now())
    return kept


def signed_in(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


def test_a_new_conversation_offers_usages_and_providers(echo: object, zoe: User) -> None:
    page = signed_in(zoe).get("/assistant/").content.decode()
    assert "Rédaction" in page
    assert "Ailleurs" in page
    assert "Toujours masquer" not in page
    assert "Proposer pour toute l'entreprise" in page


def test_a_pilot_may_decide_for_the_company(echo: object, anne: User) -> None:
    page = signed_in(anne).get("/assistant/").content.decode()
    assert "Toujours masquer" in page
    assert "Proposer pour toute l'entreprise" not in page


def test_a_conversation_shows_its_messages_as_text(echo: object, zoe: User) -> None:
    page = signed_in(zoe).get(f"/assistant/conversations/{begin(zoe).id}/").content.decode()
    assert "Relance &lt;b&gt;Zoé&lt;/b&gt; &amp; co" in page
    assert '<mark class="restored" title="valeur remise en place">Zoé &lt;i&gt;</mark>' in page
    assert "Réponse arrêtée avant la fin." in page
    assert "<b>Zoé" not in page


def test_my_conversations_are_listed_with_their_end_date(zoe: User, echo: object) -> None:
    begin(zoe)
    page = signed_in(zoe).get("/assistant/conversations/").content.decode()
    assert "Relance &lt;b&gt;Zoé&lt;/b&gt; &amp; co" in page
    assert "90 jours après son dernier message" in page


def test_a_conversation_is_renamed_then_deleted(zoe: User, echo: object) -> None:
    client, kept = signed_in(zoe), begin(zoe)
    client.post(f"/assistant/conversations/{kept.id}/renommer", {"title": "Relances"})
    assert "Relances" in client.get("/assistant/conversations/").content.decode()
    client.post(f"/assistant/conversations/{kept.id}/supprimer")
    assert "Aucune conversation" in client.get("/assistant/conversations/").content.decode()


def test_all_are_deleted_at_once_but_only_mine(zoe: User, anne: User, echo: object) -> None:
    begin(zoe), begin(zoe), begin(anne)
    signed_in(zoe).post("/assistant/conversations/supprimer")
    assert [row.owner for row in Conversation.objects.all()] == [anne]


@pytest.mark.parametrize("action", ["", "renommer", "supprimer"])
def test_the_conversation_of_another_is_not_found(zoe: User, anne: User, echo: object, action: str) -> None:
    kept, client = begin(zoe), signed_in(anne)
    address = f"/assistant/conversations/{kept.id}/{action}"
    answer = client.post(address, {"title": "x"}) if action else client.get(address)
    assert answer.status_code == 404
    assert Conversation.objects.filter(id=kept.id).exists()


@pytest.mark.parametrize("address", ["/assistant/", "/assistant/conversations/"])
def test_a_stranger_is_sent_to_sign_in(echo: object, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/connexion/")


@pytest.mark.parametrize("address", ["/assistant/", "/assistant/conversations/"])
def test_pages_are_never_kept_by_a_cache(zoe: User, echo: object, address: str) -> None:
    assert "no-store" in signed_in(zoe).get(address)["Cache-Control"]


def test_a_removed_provider_leaves_the_conversation_readable(zoe: User, echo: object) -> None:
    kept = begin(zoe)
    Conversation.objects.update(provider="disparu")
    page = signed_in(zoe).get(f"/assistant/conversations/{kept.id}/")
    assert page.status_code == 200
    assert "service retiré" in page.content.decode()


def test_the_question_of_the_week_comes_after_a_new_page_and_costs_it_nothing(
    echo: object, zoe: User
) -> None:
    client = signed_in(zoe)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/assistant/").content.decode()
    tables = {name for query in asked.captured_queries for name in re.findall('"([a-z_]+)"', query["sql"])}
    # The menu counts what is to be trained in; the question itself is not looked for.
    assert "accounts_user" in tables
    assert not {"training_weekly", "training_attempt"} & tables
    assert 'hx-get="/formation/question/?plie"' in page.partition('id="composer"')[2]
    assert (
        "/formation/question/"
        not in client.get(f"/assistant/conversations/{begin(zoe).id}/").content.decode()
    )
    # Nothing was missed yet: nothing is put in its place.
    part = client.get("/formation/question/?plie", headers={"HX-Request": "true"})
    assert (part.status_code, part.content.strip()) == (200, b"")
