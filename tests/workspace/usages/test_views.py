from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.providers import services as providers
from egide.workspace.usages import services
from egide.workspace.usages.models import State, Undeclared, Usage

LATER = "2100-01-01"


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _page(client: Client, url: str) -> str:
    return unescape(client.get(url).content.decode())


def test_a_pilot_adds_changes_and_switches_off(client: Client) -> None:
    assert "Aucun usage" in _page(client, "/usages/")
    given = {"name": "Devis", "description": "Mise en forme", "review_on": LATER}
    assert client.post("/usages/ajouter/", given).status_code == 302
    assert [usage.id for usage in services.available()] == ["devis"]
    assert "reste à dire : outil, données" in _page(client, "/usages/")
    client.post("/usages/devis/", {"name": "Devis et factures", "description": ""})
    usage = Usage.objects.get()
    assert (usage.slug, usage.name, usage.active) == ("devis", "Devis et factures", False)
    assert "Nom, avant : Devis" in _page(client, "/usages/devis/")


def test_the_same_name_twice_is_explained(client: Client) -> None:
    client.post("/usages/ajouter/", {"name": "Devis"})
    assert "porte déjà" in _page_of(client.post("/usages/ajouter/", {"name": "Devis"}))


def _page_of(response: Any) -> str:
    return unescape(response.content.decode())


def test_from_declaration_to_validation(
    client: Client, zoe: User, browser: Callable[..., Client], told: dict[str, Any]
) -> None:
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    mine = browser(Role.COLLABORATOR)
    sent = mine.post("/usages/nos/declarer/", told | {"providers": ["maison"], "tool": ""}, follow=True)
    assert "un pilote va la lire" in _page_of(sent)
    usage = Usage.objects.get()
    assert (usage.state, usage.active, usage.declared_by) == (State.PROPOSED, False, zoe)
    assert '1<span class="visually-hidden"> en attente' in _page(client, "/usages/")
    page = _page(client, "/usages/devis/")
    for said in ("Maison", "Montants, salaires, prix", "Clients", "Atelier", "par Zoé Lefèvre"):
        assert said in page
    read = services.last_change(usage)
    refused = client.post("/usages/devis/valider/", {"review_on": "2000-01-01", "read": read})
    assert "Choisissez un jour à venir" in _page_of(refused)
    client.post("/usages/devis/renvoyer/", {"reason": "Qui <b>relit</b> ?", "read": read})
    assert "Qui &lt;b&gt;relit&lt;/b&gt; ?" in mine.get("/usages/nos/").content.decode()
    mine.post(f"/usages/nos/{usage.pk}/modifier/", told | {"control": "Luc relit tout."})
    stale = client.post("/usages/devis/valider/", {"review_on": LATER, "read": read}, follow=True)
    assert "a changé depuis" in _page_of(stale)
    given = {"review_on": LATER, "read": services.last_change(usage)}
    client.post("/usages/devis/valider/", given)
    assert [one.id for one in services.available()] == ["devis"]
    assert "Luc relit tout." in _page(mine, "/usages/nos/")
    assert mine.get(f"/usages/nos/{usage.pk}/modifier/").status_code == 404


@pytest.mark.parametrize("missing", ["data", "concerned", "control", "fallback", "description", "tool"])
def test_a_declaration_says_all_that_matters(
    missing: str, browser: Callable[..., Client], told: dict[str, Any]
) -> None:
    told.pop(missing)
    page = browser(Role.COLLABORATOR).post("/usages/nos/declarer/", told)
    assert page.status_code == 200
    said = "Dites avec quel outil" if missing == "tool" else "obligatoire"
    assert _page_of(page).count(said) == 1
    assert not Usage.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"data": ["none", "health"]}, {"data": ["invented"]}, {"concerned": ["nobody", "clients"]}]
)
def test_answers_that_do_not_go_together_are_refused(
    wrong: dict[str, Any], browser: Callable[..., Client], told: dict[str, Any]
) -> None:
    assert browser(Role.COLLABORATOR).post("/usages/nos/declarer/", told | wrong).status_code == 200
    assert not Usage.objects.exists()


def test_nobody_declares_themselves_validated(browser: Callable[..., Client], told: dict[str, Any]) -> None:
    forged = told | {"active": "on", "state": "validated", "slug": "autre", "review_on": LATER}
    browser(Role.COLLABORATOR).post("/usages/nos/declarer/", forged)
    usage = Usage.objects.get()
    assert (usage.active, usage.state, usage.slug, usage.review_on) == (False, "proposed", "devis", None)


def test_nobody_sees_the_drafts_of_others(
    zoe: User, person: Callable[..., User], browser: Callable[..., Client], told: dict[str, Any]
) -> None:
    other = services.declare(told | {"name": "Fusion secrète"}, person(email="luc@entreprise.example"))
    mine = browser(Role.COLLABORATOR)
    assert "Fusion secrète" not in _page(mine, "/usages/nos/")
    assert "Fusion secrète" not in _page(mine, "/assistant/")
    for path in ("", "modifier/"):
        assert mine.get(f"/usages/nos/{other.pk}/{path}").status_code == 404
    mine.post(f"/usages/nos/{other.pk}/modifier/", told)
    mine.post(f"/usages/nos/{other.pk}/retirer/")
    other.refresh_from_db()
    assert other.name == "Fusion secrète"


def test_a_pilot_is_not_refused_what_a_collaborator_is(
    client: Client, zoe: User, browser: Callable[..., Client], told: dict[str, Any]
) -> None:
    usage = services.declare(told, zoe)
    services.tell_undeclared("Traducteur", "Courriels", ["contact"])
    said = Undeclared.objects.get()
    urls = [
        f"/usages/{usage.slug}/valider/",
        f"/usages/{usage.slug}/renvoyer/",
        f"/usages/sans-nom/{said.pk}/proposer/",
        f"/usages/sans-nom/{said.pk}/supprimer/",
    ]
    for url in urls:
        assert browser(Role.COLLABORATOR).post(url).status_code == 403
        assert client.get(url).status_code == 405
    assert services.waiting() == 1
    assert Undeclared.objects.count() == 1


def test_what_is_told_without_a_name_becomes_a_usage(client: Client, browser: Callable[..., Client]) -> None:
    mine = browser(Role.COLLABORATOR)
    session = dict(mine.session.items())
    given = {"tool": "Traducteur <en ligne>", "purpose": "Traduire des courriels", "data": ["contact"]}
    assert "sans votre nom" in _page_of(mine.post("/usages/nos/sans-nom/", given, follow=True))
    assert dict(mine.session.items()) == session
    assert "Traducteur &lt;en ligne&gt;" in client.get("/usages/sans-nom/").content.decode()
    page = client.post(f"/usages/sans-nom/{Undeclared.objects.get().pk}/proposer/", follow=True)
    assert "complétez-le" in _page_of(page)
    usage = Usage.objects.get()
    assert (usage.state, usage.data, usage.description) == ("proposed", ["contact"], "Traduire des courriels")
    assert not Undeclared.objects.exists()


def test_the_filters_and_the_files_agree(client: Client, told: dict[str, Any], zoe: User) -> None:
    services.add("Annonces", answers={"data": ["none"], "department": "Accueil"})
    services.add("Paie", answers={"data": ["financial"], "review_on": date(2020, 1, 1)})
    services.declare(told, zoe)
    Usage.objects.filter(slug="annonces").update(active=False)
    expected = {
        "": {"annonces", "paie", "devis"},
        "?etat=proposed": {"devis"},
        "?etat=due": {"paie"},
        "?etat=off": {"annonces"},
        "?donnees=financial": {"paie", "devis"},
        "?service=Accueil": {"annonces"},
        "?q=en+ligne": {"devis"},
        "?etat=n%27importe&donnees=quoi": {"annonces", "paie", "devis"},
        "?q=%25": set(),
    }
    for query, slugs in expected.items():
        page = _page(client, f"/usages/{query}")
        book = load_workbook(io.BytesIO(client.get(f"/usages/inventaire.xlsx{query}").content)).active
        lines = client.get(f"/usages/inventaire.csv{query}").content.decode().splitlines()
        assert {row[1].value for row in book.iter_rows(min_row=2)} == slugs, query
        assert {line.split(";")[1] for line in lines[1:]} == slugs, query
        assert {slug for slug in ("annonces", "paie", "devis") if f"<code>{slug}</code>" in page} == slugs
    assert "À revoir</span>" in _page(client, "/usages/?etat=due")


@pytest.mark.parametrize("role", [Role.PILOT, Role.COLLABORATOR])
def test_no_query_more_for_more_usages(
    role: Role, browser: Callable[..., Client], person: Callable[..., User], told: dict[str, Any]
) -> None:
    client = browser(role)
    url = "/usages/" if role is Role.PILOT else "/usages/nos/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    def fill(number: int) -> None:
        someone = person(email=f"p{number}@entreprise.example")
        services.declare(told, someone)
        services.add(f"Usage {number}", by=someone, answers={"data": ["health"], "providers": ["x"]})
        services.declare(told, User.objects.get(email=f"{role}@entreprise.example"))
        services.tell_undeclared("Outil", "Rien", ["none"])

    fill(0)
    queries()
    before = queries()
    for number in range(1, 10):
        fill(number)
    assert queries() == before


def test_who_declared_a_usage_and_pilots_find_its_questions_of_the_ai_act(
    client: Client,
    zoe: User,
    person: Callable[..., User],
    browser: Callable[..., Client],
    told: dict[str, Any],
) -> None:
    usage = services.declare(told, zoe)
    questions = f'href="/reglement-ia/usages/{usage.slug}/"'
    declarer, colleague = browser(Role.COLLABORATOR), Client()
    colleague.force_login(person(email="luc@entreprise.example"))
    for page in ("/usages/nos/", f"/usages/nos/{usage.pk}/"):
        assert questions in _page(declarer, page)
    assert declarer.get(f"/reglement-ia/usages/{usage.slug}/").status_code == 200
    pilot = User.objects.get(role=Role.PILOT)
    services.validate(usage.pk, pilot, date(2100, 1, 1), read=services.last_change(usage))
    assert questions in _page(declarer, f"/usages/nos/{usage.pk}/")
    for page in (f"/usages/nos/{usage.pk}/", f"/usages/{usage.slug}/"):
        assert questions in _page(client, page)
    for page in ("/usages/nos/", f"/usages/nos/{usage.pk}/"):
        assert usage.name in _page(colleague, page)
        assert "/reglement-ia/usages/" not in _page(colleague, page)


def test_an_english_page_has_files_in_french(client: Client, told: dict[str, Any]) -> None:
    services.add("Devis", answers=told)
    client.cookies["egide-language"] = "en"
    page = _page(client, "/usages/")
    assert "Addresses, phone numbers, emails" in page
    assert "still to be told" not in page
    assert "Approved" in page
    text = client.get("/usages/inventaire.csv").content.decode("utf-8-sig")
    assert "Adresses, téléphones, courriels" in text
    assert "Validé;" in text
    sheet = load_workbook(io.BytesIO(client.get("/usages/inventaire.xlsx").content)).active
    assert sheet.cell(2, 3).value == "Validé"
