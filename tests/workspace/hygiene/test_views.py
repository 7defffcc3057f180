from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action
from egide.workspace.hygiene import services
from egide.workspace.hygiene.models import Answer, Campaign


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_no_says_at_once_what_to_do(campaign: Campaign, zoe: User) -> None:
    client = logged_in(zoe)
    url = f"/bonnes-pratiques/{campaign.pk}/reponses/mfa/"
    assert "Enregistré" in unescape(client.post(url, {"mfa": "yes"}).content.decode())
    said = unescape(client.post(url, {"mfa": "no"}).content.decode())
    assert "Elle bloque la plupart des vols de compte" in said
    assert "sources" in said
    assert f'href="/actions/{Action.objects.get().pk}/"' in said
    assert "Elle bloque la plupart" in page(client, "/bonnes-pratiques/")
    assert "n'est pas l'une de celles" in unescape(client.post(url, {"mfa": "<b>"}).content.decode())


def test_it_works_without_a_script(campaign: Campaign, zoe: User) -> None:
    client = logged_in(zoe)
    told = client.post(f"/bonnes-pratiques/{campaign.pk}/", {"mfa": "yes", "maj": "unknown"}, follow=True)
    assert "Il reste 28 points" in told.content.decode()
    assert services.answers_of(campaign, zoe) == {"mfa": "yes", "maj": "unknown"}


def test_nobody_sees_what_another_answered(
    campaign: Campaign, zoe: User, team: list[User], browser: Callable[..., Client]
) -> None:
    services.answer(campaign.pk, "mfa", "no", zoe)
    action = Action.objects.get()
    for other in (logged_in(team[0]), browser(Role.PILOT), browser(Role.ADMIN)):
        assert " checked" not in page(other, "/bonnes-pratiques/")
        assert "double authentification" not in page(other, "/actions/").split("<main")[1]
        assert other.get(f"/actions/{action.pk}/").status_code == 404
        assert other.post(f"/actions/{action.pk}/", {"state": "done"}).status_code == 404
        other.post(f"/actions/{action.pk}/aide/")
    action.refresh_from_db()
    assert not action.shared
    running = page(browser(Role.PILOT), f"/bonnes-pratiques/campagnes/{campaign.pk}/")
    assert "Zoé Lefèvre" in running
    assert "double authentification" not in running.split("<main")[1]


def test_who_asks_for_help_is_seen_by_pilots_only(
    campaign: Campaign, zoe: User, team: list[User], browser: Callable[..., Client]
) -> None:
    services.answer(campaign.pk, "mfa", "no", zoe)
    services.answer(campaign.pk, "maj", "no", zoe)
    action = Action.objects.get(reference="mfa")
    logged_in(zoe).post(f"/actions/{action.pk}/aide/")
    seen = page(browser(Role.PILOT), "/actions/")
    assert "demande d'aide de Zoé Lefèvre" in seen
    assert "mises à jour" not in seen.split("<main")[1]
    assert "Zoé" not in page(logged_in(team[0]), "/actions/")


def test_a_campaign_from_its_start_to_its_report(
    browser: Callable[..., Client], team: list[User], zoe: User
) -> None:
    client = browser(Role.PILOT)
    url = "/bonnes-pratiques/campagnes/"
    assert "Choisissez une date à venir" in unescape(
        client.post(url, {"themes": ["Mobilité"], "ends_on": "2020-01-01"}).content.decode()
    )
    client.post(url, {"themes": ["Mobilité"], "ends_on": "2126-01-01"})
    campaign = Campaign.objects.get()
    for person in team:
        services.answer(campaign.pk, "mobilite", "yes", person)
    url += f"{campaign.pk}/"
    assert client.get(f"{url}rapport.pdf").status_code == 302
    client.post(f"{url}clore/")
    told = page(client, url)
    assert "100 %" in told
    assert "Zoé" not in told
    assert client.get(f"{url}rapport.pdf").content.startswith(b"%PDF")
    assert "Aucune attestation n'est demandée" in page(logged_in(zoe), "/bonnes-pratiques/")


@pytest.mark.parametrize("url", ["", "rapport.pdf"])
def test_campaigns_are_for_pilots(browser: Callable[..., Client], campaign: Campaign, url: str) -> None:
    address = f"/bonnes-pratiques/campagnes/{campaign.pk}/{url}"
    assert browser(None).get(address).status_code == 302
    assert browser(Role.COLLABORATOR).get(address).status_code == 403
    assert browser(Role.PILOT).get(f"/bonnes-pratiques/campagnes/999/{url}").status_code == 404


def test_only_pilots_close_it_and_nobody_without_the_token(
    browser: Callable[..., Client], campaign: Campaign
) -> None:
    url = f"/bonnes-pratiques/campagnes/{campaign.pk}/clore/"
    assert browser(Role.COLLABORATOR).post(url).status_code == 403
    assert browser(Role.PILOT).get(url).status_code == 405
    assert browser(Role.PILOT, csrf=True).post(url).status_code == 403
    answering = f"/bonnes-pratiques/{campaign.pk}/reponses/mfa/"
    assert browser(None).post(answering, {"mfa": "yes"}).status_code == 302
    assert browser(Role.COLLABORATOR, csrf=True).post(answering, {"mfa": "yes"}).status_code == 403
    assert not Answer.objects.exists()


def test_pages_ask_as_much_for_many_as_for_few(
    browser: Callable[..., Client], campaign: Campaign, person: Callable[..., User], zoe: User
) -> None:
    client = browser(Role.PILOT)
    addresses = ("/bonnes-pratiques/campagnes/", f"/bonnes-pratiques/campagnes/{campaign.pk}/", "/actions/")
    services.answer(campaign.pk, "mfa", "no", zoe)
    Action.objects.update(shared=True)
    counts = []
    for turn in range(2):
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                page(client, address)
            counts.append(len(asked))
        if turn == 0:
            for number in range(12):
                services.answer(campaign.pk, "mfa", "no", person(email=f"p{number}@entreprise.example"))
            Action.objects.update(shared=True)
    assert counts[:3] == counts[3:]
