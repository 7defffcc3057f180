from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.workspace.justifications.conftest import REASON

from egide.errors import PolicyError
from egide.policy import Role
from egide.ports import Need
from egide.workspace.accounts.models import User
from egide.workspace.justifications import services
from egide.workspace.justifications.models import Justification, State
from egide.workspace.providers import services as providers

Change = Callable[..., Need]
Browser = Callable[..., Client]


@pytest.fixture
def asked(need: Change, anne: User) -> Callable[..., Justification]:
    """A request of Zoé's, by the API."""
    providers.add_provider("Ailleurs", "openai", "http://127.0.0.1:1/v1", "public")

    def make(**changes: Any) -> Justification:
        return services.ask(need(**changes), timezone.now())

    return make


@pytest.fixture
def waiting(asked: Callable[..., Justification], zoe: User) -> Justification:
    """The same, explained, for a pilot."""
    row = asked(approval=True)
    return services.explain(row.public_id, zoe, REASON, timezone.now())


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return unescape(answer.content.decode())


def address(row: Justification, last: str = "") -> str:
    return f"/demandes/{row.public_id}/{last}"


def test_the_person_sees_what_would_leave_and_gives_the_reason(
    browser: Browser, asked: Callable[..., Justification]
) -> None:
    row, client = asked(), browser(Role.COLLABORATOR)
    page = shown(client, address(row))
    assert "information de santé (2) : part masqué" in page
    assert "demande cette raison" in page
    assert "<strong>Ailleurs</strong> (un service grand public)" in page
    assert "Votre raison suffit" in page
    short = unescape(client.post(address(row, "raison/"), {"reason": "non"}).content.decode())
    assert "is-invalid" in short
    page = unescape(client.post(address(row, "raison/"), {"reason": REASON}).content.decode())
    assert "Copiez-le maintenant" in page
    code = page.split('id="code" value="')[1].split('"')[0]
    again = shown(client, address(row))
    assert code not in again
    assert "Afficher un code" in again
    page = unescape(client.post(address(row, "code/")).content.decode())
    assert "Copiez-le maintenant" in page
    assert code not in page


def test_a_pilot_reads_the_reason_and_accepts(browser: Browser, waiting: Justification) -> None:
    pilot, zoe = browser(Role.PILOT), browser(Role.COLLABORATOR)
    queue = shown(pilot, "/demandes/accords/")
    assert "À décider (1)" in queue
    assert REASON in queue
    assert REASON in shown(pilot, address(waiting))
    assert "Un pilote n'a pas encore répondu" in shown(zoe, address(waiting))
    sent = pilot.post(address(waiting, "decision/"), {"decision": "accept", "word": "Une fois."}, follow=True)
    assert "Accepté : la personne peut" in sent.content.decode()
    page = shown(zoe, address(waiting))
    assert "Acceptée par Anne Morvan" in page
    assert "Une fois." in page
    assert "Afficher un code" in page


def test_one_s_own_request_can_be_given_up(browser: Browser, waiting: Justification) -> None:
    assert browser(Role.PILOT).post(address(waiting, "abandon/")).status_code == 404
    zoe = browser(Role.COLLABORATOR)
    assert "Abandonner cette demande" in shown(zoe, address(waiting))
    assert "Demande abandonnée" in zoe.post(address(waiting, "abandon/"), follow=True).content.decode()
    assert not Justification.objects.exists()


def test_a_pilot_refuses_with_a_word(browser: Browser, waiting: Justification) -> None:
    pilot = browser(Role.PILOT)
    page = pilot.post(address(waiting, "decision/"), {"decision": "refuse", "word": ""}).content.decode()
    assert "Un refus se dit avec un mot" in unescape(page)
    pilot.post(address(waiting, "decision/"), {"decision": "refuse", "word": "Le service local suffit."})
    assert "Le service local suffit." in shown(browser(Role.COLLABORATOR), "/demandes/")
    # Anything else than a clear yes is a refusal: here it comes too late to change anything.
    pilot.post(address(waiting, "decision/"), {"decision": "accept"})
    assert Justification.objects.get().state == State.REFUSED


def test_the_code_is_the_persons_alone(browser: Browser, waiting: Justification, anne: User) -> None:
    services.decide(waiting.public_id, anne, accepted=True, word="", now=timezone.now())
    assert browser(Role.PILOT).post(address(waiting, "code/")).status_code == 404
    assert "Afficher un code" not in shown(browser(Role.PILOT), address(waiting))


def test_the_requests_of_others_do_not_exist(
    browser: Browser, asked: Callable[..., Justification], person: Callable[..., User]
) -> None:
    row, other = asked(), Client()
    other.force_login(person(email="luc@entreprise.example"))
    missing = other.get(address(row)).status_code, other.get("/demandes/ju-nothing/").status_code
    assert missing == (404, 404)
    for last in ("raison/", "code/"):
        assert other.post(address(row, last), {"reason": REASON}).status_code == 404
    # Not even for a pilot, before the person has explained it.
    assert browser(Role.PILOT).get(address(row)).status_code == 404


@pytest.mark.parametrize("role", [Role.COLLABORATOR, None])
def test_only_pilots_decide(browser: Browser, waiting: Justification, role: Role | None) -> None:
    client = browser(role)
    expected = 302 if role is None else 403
    assert client.post(address(waiting, "decision/"), {"decision": "accept"}).status_code == expected
    assert client.get("/demandes/accords/").status_code == expected
    assert Justification.objects.get().state == State.WAITING


@pytest.mark.parametrize("last", ["raison/", "code/", "decision/"])
def test_a_form_without_its_token_is_refused(browser: Browser, waiting: Justification, last: str) -> None:
    assert browser(Role.PILOT, csrf=True).post(address(waiting, last)).status_code == 403


def test_a_pilot_does_not_decide_of_their_own_while_another_can(
    browser: Browser, asked: Callable[..., Justification], anne: User, person: Callable[..., User]
) -> None:
    person(Role.ADMIN)
    row = asked(person=anne.public_id, approval=True)
    services.explain(row.public_id, anne, REASON, timezone.now())
    client = browser(Role.PILOT)
    assert "Votre décision" not in shown(client, address(row))
    page = client.post(address(row, "decision/"), {"decision": "accept"}, follow=True).content.decode()
    assert "On ne décide pas de sa propre demande" in unescape(page)
    assert "Votre décision" in shown(browser(Role.ADMIN), address(row))


def test_who_was_not_told_what_is_recorded_reads_it_first(
    asked: Callable[..., Justification], zoe: User
) -> None:
    from egide.workspace.notice.models import Reading

    Reading.objects.filter(person=zoe).delete()
    client = Client()
    client.force_login(zoe)
    row = asked()
    assert client.get(address(row))["Location"].startswith("/information/lire/")
    assert client.post(address(row, "raison/"), {"reason": REASON}).status_code == 302
    assert Justification.objects.get().state == State.ASKED


def test_the_menu_tells_each_what_waits_for_them(
    browser: Browser, waiting: Justification, anne: User
) -> None:
    badge = '1<span class="visually-hidden"> en attente</span>'
    pilot, zoe = browser(Role.PILOT), browser(Role.COLLABORATOR)
    assert badge in shown(pilot, "/demandes/accords/")
    assert badge not in shown(zoe, "/demandes/")
    services.decide(waiting.public_id, anne, accepted=True, word="", now=timezone.now())
    assert badge in shown(zoe, "/demandes/")
    assert badge not in shown(pilot, "/demandes/accords/")


def test_one_entry_of_the_menu_is_current(browser: Browser) -> None:
    assert shown(browser(Role.PILOT), "/demandes/accords/").count('aria-current="page"') == 1


def test_what_people_write_is_text(
    browser: Browser, asked: Callable[..., Justification], zoe: User, anne: User
) -> None:
    row = asked(approval=True)
    services.explain(row.public_id, zoe, "<script>alert(1)</script> et une raison", timezone.now())
    services.decide(row.public_id, anne, accepted=False, word="<b>Non</b>, merci.", now=timezone.now())
    for client in (browser(Role.PILOT), browser(Role.COLLABORATOR)):
        raw = client.get(address(row)).content.decode()
        assert "<script>alert" not in raw
        assert "<b>Non" not in raw


def test_queries_do_not_grow_with_rows(
    browser: Browser, asked: Callable[..., Justification], zoe: User, anne: User
) -> None:
    def fill(first: int) -> None:
        for number in range(first, first + 5):
            row = asked(approval=True, content=f"{number:064d}")
            services.explain(row.public_id, zoe, REASON, timezone.now())
            if number % 2:
                services.decide(row.public_id, anne, accepted=True, word="", now=timezone.now())

    pages = ((browser(Role.PILOT), "/demandes/accords/"), (browser(Role.COLLABORATOR), "/demandes/"))
    counts = []
    for first in (0, 5):
        fill(first)
        for client, page in pages:
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                shown(client, page)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_a_waiting_request_of_the_assistant_leads_to_its_message(
    browser: Browser, need: Change, anne: User
) -> None:
    wanted = need(door="assistant", approval=True)
    with pytest.raises(PolicyError):
        services.settle(wanted, REASON, "ex-1", timezone.now())
    row = Justification.objects.get()
    client = browser(Role.COLLABORATOR)
    assert f"/assistant/attente/{row.public_id}/" in shown(client, "/demandes/")
    services.decide(row.public_id, anne, accepted=True, word="", now=timezone.now())
    assert "Relire et envoyer" in shown(client, "/demandes/")
    assert client.post(address(row, "code/")).status_code == 302  # no code for those
