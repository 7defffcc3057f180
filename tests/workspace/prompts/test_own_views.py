from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.workspace.prompts.conftest import content

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.prompts import own, sealing
from egide.workspace.prompts.models import Prompt, State

HOME = "/demandes-types/"
FORM: dict[str, Any] = {
    "title": "Résumer <b>une visite</b>",
    "department": "technique",
    "use_case": "Compte rendu",
    "template": "Notes : {{notes}} {% if x %} {{ pas_un_blanc }}",
    "class_public": "allowed",
    "class_interne": "allowed",
    "class_personnel": "masked",
    "class_contractuel": "forbidden",
    "checklist": ["noms"],
    "risk": "faible",
    "review_by": "auteur",
    "usage": "",
}


@pytest.fixture
def client(browser: Callable[..., Client], zoe: User) -> Client:
    return browser(Role.COLLABORATOR)


@pytest.fixture
def pilot(browser: Callable[..., Client], anne: User) -> Client:
    return browser(Role.PILOT)


def _page(client: Client, address: str = HOME) -> str:
    return unescape(client.get(address).content.decode())


def test_a_prompt_is_written_proposed_approved_used_and_changed(
    client: Client, pilot: Client, browser: Callable[..., Client]
) -> None:
    edit = client.post(f"{HOME}ecrire/", FORM)["Location"]
    ref = str(Prompt.objects.get().pk)
    assert edit == f"{HOME}{ref}/modifier/"
    raw = client.get(f"{HOME}{ref}/").content.decode()
    assert "Résumer &lt;b&gt;une visite&lt;/b&gt;" in raw
    assert 'name="v-notes"' in raw
    assert 'name="v-pas_un_blanc"' not in raw
    assert pilot.get(f"{HOME}{ref}/").status_code == 404
    client.post(f"{HOME}{ref}/proposer/")
    page = _page(pilot, f"{HOME}a-approuver/")
    assert "Par Zoé Lefèvre" in page
    assert '1<span class="visually-hidden"> en attente</span>' in page
    seen = sealing.digest(sealing.open_draft(Prompt.objects.get()))
    pilot.post(f"{HOME}{ref}/decider/", {"seen": seen, "decision": "accept", "word": ""})
    luc = browser(Role.ADMIN)
    assert "par Zoé Lefèvre" in _page(luc, f"{HOME}{ref}/")
    assert luc.post(f"{HOME}{ref}/", {"v-notes": "RAS"}).status_code == 302

    client.post(f"{HOME}{ref}/modifier/", {**FORM, "template": "Notes : {{notes}}"})
    assert "La version 1 reste proposée" in _page(client, edit)
    assert "pas_un_blanc" in _page(luc, f"{HOME}{ref}/")
    client.post(f"{HOME}{ref}/proposer/")
    assert "Ce qui changerait de la version 1" in _page(pilot, f"{HOME}a-approuver/")
    seen = sealing.digest(sealing.open_draft(Prompt.objects.get()))
    pilot.post(f"{HOME}{ref}/decider/", {"seen": seen, "decision": "accept"})
    versions = _page(luc, f"{HOME}{ref}/versions/")
    assert "Version 2" in versions
    assert "<del>" in versions


def test_a_ready_prompt_is_the_beginning_of_ones_own(client: Client) -> None:
    page = _page(client, f"{HOME}ecrire/?depuis=com-relance")
    assert 'value="Relancer un devis"' in page
    assert client.get(f"{HOME}ecrire/?depuis=inconnue").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "caché\u200b"},
        {"department": "inconnu"},
        {"class_sensible": "allowed", "class_personnel": "allowed"},
        {"checklist": []},
        {"template": " ".join(f"{{{{v{n}}}}}" for n in range(31))},
        {"usage": "inconnu"},
    ],
)
def test_what_is_not_well_written_is_explained_and_not_kept(client: Client, change: dict[str, Any]) -> None:
    page = client.post(f"{HOME}ecrire/", {**FORM, **change})
    assert page.status_code == 200
    assert "is-invalid" in page.content.decode() or "alert-danger" in page.content.decode()
    assert not Prompt.objects.exists()


def test_a_class_that_is_never_admitted_cannot_be_posted(client: Client) -> None:
    client.post(f"{HOME}ecrire/", {**FORM, "class_sensible": "allowed", "class_secret": "masked"})
    kept = sealing.open_draft(Prompt.objects.get())
    assert {"sensible", "secret", "strategique"} <= set(kept.forbidden)


@pytest.mark.parametrize("action", ["proposer", "reprendre", "retirer", "supprimer", "modifier"])
def test_others_cannot_touch_a_draft(
    pilot: Client, browser: Callable[..., Client], zoe: User, action: str
) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    for other in (pilot, browser(Role.ADMIN)):
        assert other.post(f"{HOME}{ref}/{action}/", FORM).status_code == 404
        assert other.get(f"{HOME}{ref}/versions/").status_code == 404
        assert other.get(f"{HOME}ecrire/?depuis={ref}").status_code == 404
    assert Prompt.objects.get().state == State.DRAFT


def test_collaborators_approve_nothing(client: Client, zoe: User) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    own.submit(zoe, ref, timezone.now())
    told = {"seen": sealing.digest(content()), "decision": "accept"}
    assert client.post(f"{HOME}{ref}/decider/", told).status_code == 403
    assert Prompt.objects.get().current is None
    assert "À approuver" not in _page(client)


def test_a_decision_that_comes_too_late_is_explained(pilot: Client, zoe: User) -> None:
    ref = str(own.write(zoe, content(), timezone.now()).pk)
    page = pilot.post(f"{HOME}{ref}/decider/", {"seen": "x", "decision": "accept"}, follow=True)
    assert "n'attend plus d'accord" in unescape(page.content.decode())


def test_a_pilot_withdraws_what_is_shared(
    pilot: Client, client: Client, share: Callable[..., Prompt]
) -> None:
    ref = str(share().pk)
    assert "Ne plus proposer" in _page(pilot, f"{HOME}{ref}/")
    pilot.post(f"{HOME}{ref}/retirer/")
    assert pilot.get(f"{HOME}{ref}/").status_code == 404
    assert client.get(f"{HOME}{ref}/").status_code == 200


def test_pages_cost_as_many_queries_with_more_rows(
    pilot: Client, client: Client, zoe: User, share: Callable[..., Prompt]
) -> None:
    pages = [(client, HOME), (pilot, f"{HOME}a-approuver/")]

    def row(number: int) -> None:
        ref = str(share(title=f"Demande {number}").pk)
        own.write(zoe, content(title=f"Changée {number}"), timezone.now(), ref)
        own.submit(zoe, ref, timezone.now())

    row(0)
    counts = []
    for _ in range(2):
        for browsing, address in pages:
            _page(browsing, address)
            with CaptureQueriesContext(connection) as queries:
                _page(browsing, address)
            counts.append(len(queries))
        for number in range(1, 8):
            row(number)
    assert counts[:2] == counts[2:]
