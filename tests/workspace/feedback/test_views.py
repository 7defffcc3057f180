from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.feedback.models import Decision, Kind, Proposal
from egide.workspace.feedback.services import decide, propose
from egide.workspace.policies import services as policies


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _page(client: Client, query: str = "") -> str:
    return unescape(client.get(f"/signalements/{query}").content.decode())


def test_a_proposal_is_shown_with_all_that_helps_to_decide(
    client: Client, zoe: User, person: Callable[..., User]
) -> None:
    assert "Rien à décider" in _page(client)
    sentence = "Le devis de Transports Morvan <b>est</b> prêt."
    propose(Kind.NOT_PERSONAL, "Transports Morvan", zoe, label="ORGANISATION", sentence=sentence)
    propose(Kind.NOT_PERSONAL, "Transports Morvan", person(email="luc@entreprise.example"))
    raw = client.get("/signalements/").content.decode()
    assert "Le devis de <mark>Transports Morvan</mark> &lt;b&gt;est&lt;/b&gt; prêt." in raw
    page = unescape(raw)
    assert "Pas personnel" in page
    assert "reconnu comme : nom d'organisation" in page
    assert "par Zoé Lefèvre et 1 autre<" in page
    assert "À décider (1)" in page


def test_the_menu_tells_how_many_wait(client: Client, zoe: User, browser: Callable[..., Client]) -> None:
    waiting = '<span class="visually-hidden"> en attente</span>'
    assert waiting not in _page(client)
    propose(Kind.HIDE, "basalte bleu", zoe)
    assert f"1{waiting}" in _page(client)
    assert waiting not in browser(Role.COLLABORATOR).get("/compte/mot-de-passe/").content.decode()


def test_accepting_applies_at_once(client: Client, zoe: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    propose(Kind.NOT_PERSONAL, "Transports Morvan", zoe)
    for proposal in Proposal.objects.all():
        page = client.post(f"/signalements/{proposal.pk}/accepter/", follow=True).content.decode()
        assert "Accepté : cette valeur" in page
    assert [term.text for term in policies.terms()] == ["basalte bleu"]
    assert policies.exemptions() == {policies.digest("Transports Morvan")}
    page = _page(client)
    assert "Déjà traités (2)" in page
    assert "par pilot@entreprise.example" in page


def test_refusing_then_removing(client: Client, zoe: User) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    pk = Proposal.objects.get().pk
    assert "rien ne change" in client.post(f"/signalements/{pk}/refuser/", follow=True).content.decode()
    assert policies.terms() == ()
    assert "basalte bleu" in _page(client)
    client.post(f"/signalements/{pk}/supprimer/")
    assert "basalte bleu" not in _page(client)


@pytest.mark.parametrize("action", ["accepter", "refuser", "supprimer"])
def test_what_is_no_longer_there_is_explained(client: Client, action: str) -> None:
    page = client.post(f"/signalements/7/{action}/", follow=True).content.decode()
    assert "déjà été traité" in unescape(page)


@pytest.mark.parametrize("action", ["accepter", "refuser", "supprimer"])
def test_collaborators_decide_nothing(zoe: User, browser: Callable[..., Client], action: str) -> None:
    propose(Kind.HIDE, "basalte bleu", zoe)
    url = f"/signalements/{Proposal.objects.get().pk}/{action}/"
    assert browser(Role.COLLABORATOR).post(url).status_code == 403
    assert browser(None).post(url).status_code == 302
    assert browser(Role.PILOT).get(url).status_code == 405
    assert Proposal.objects.get().decision == Decision.OPEN


def test_the_file_of_test_cases_is_downloaded_with_a_warning(
    client: Client, zoe: User, person: Callable[..., User]
) -> None:
    assert "Télécharger" not in _page(client)
    propose(Kind.HIDE, "basalte bleu", zoe)
    decide(Proposal.objects.get().pk, Decision.ACCEPTED, person(email="anne@entreprise.example"))
    assert "de vraies valeurs, en clair : il doit rester dans l'entreprise" in _page(client)
    answer = client.get("/signalements/cas-de-test.jsonl")
    assert answer["Content-Disposition"].startswith('attachment; filename="cas-de-test-egide-')
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["spans"] == [{"start": 0, "end": 12, "label": "COMPANY_TERM"}]


def test_five_hundred_proposals_are_shown_page_by_page(
    client: Client, zoe: User, person: Callable[..., User]
) -> None:
    pilot = person(email="anne@entreprise.example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("egide.workspace.feedback.services.MOST_WAITING", 1_000)
        for number in range(500):
            propose(Kind.HIDE, f"terme {number:03d}", zoe)
    for proposal in Proposal.objects.order_by("pk")[:120]:
        decide(proposal.pk, Decision.REFUSED, pilot)
    with CaptureQueriesContext(connection) as asked:
        page = _page(client)
    assert len(asked) < 30  # a dozen of them count what waits, for the menu
    assert "À décider (380)" in page
    assert "Page 1 sur 16" in page
    assert "Page 1 sur 5" in page
    assert page.count(">Accepter<") == 25
    assert "terme 499" in page
    assert "terme 120" in _page(client, "?page=16")
    assert "terme 000" in _page(client, "?traites=5")


def test_the_page_is_never_kept_by_a_cache(client: Client) -> None:
    assert "no-store" in client.get("/signalements/")["Cache-Control"]
