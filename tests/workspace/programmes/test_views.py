from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from egide.policy import Role
from egide.reference.programmes import programmes
from egide.workspace.accounts.models import User
from egide.workspace.programmes.following import PAGE as PAGE_OF_FOLLOWED
from egide.workspace.programmes.models import Follow, Review

PAGE = "/programmes/fiche/grand-est-primo-ia/"
TOLD = {"state": "applied", "amount": "12 500,50", "next_on": "2031-03-04", "note": "Voir Mme Durand."}


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _text(client: Client, url: str) -> str:
    return " ".join(unescape(client.get(url).content.decode()).split())


def _order(page: str) -> list[str]:
    return [
        one.id
        for one in sorted(programmes().programmes, key=lambda one: page.find(f"/fiche/{one.id}/"))
        if f"/fiche/{one.id}/" in page
    ]


def test_the_directory_shows_every_programme_page_by_page(client: Client) -> None:
    pages = [_text(client, f"/programmes/?page={number}") for number in (1, 2, 3)]
    assert "44 programmes" in pages[0]
    assert "Page 1 sur 3" in pages[0]
    assert sum(len(_order(page)) for page in pages) == 44


def test_the_directory_is_ranked_for_the_company_with_the_reasons(
    client: Client, a_company: Callable[..., None]
) -> None:
    a_company(staff=14, region="44", naf="62.01Z")
    page = _text(client, "/programmes/")
    assert _order(page)[0] == "grand-est-primo-ia"
    assert "votre région (Grand Est)" in page
    assert "1 999 salariés au plus : vous en avez 14" in page
    last = _text(client, "/programmes/?page=3")
    assert "réservé à la région Île-de-France : la vôtre est Grand Est" in last
    a_company(region="11")
    assert "réservé à la région Grand Est : la vôtre est Île-de-France" in _text(
        client, "/programmes/?page=3"
    )


def test_what_the_company_did_not_tell_is_said(client: Client, a_company: Callable[..., None]) -> None:
    page = _text(client, "/programmes/")
    assert "Sans l'effectif, la région, le code NAF" in page
    a_company(staff=14, region="44", naf="62.01Z")
    assert "Sans " not in _text(client, "/programmes/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sorte=formation", "9 programmes sur 44"),
        ("sorte=autodiagnostic", "9 programmes sur 44"),
        ("region=44&sorte=aide_financiere", "12 programmes sur 44"),
        ("taille=ETI&region=44&q=primo", "1 programme sur 44"),
        ("etat=closed", "Aucun programme ne correspond"),
        ("q=SECNUMACADEMIE", "1 programme sur 44"),
        ("q=cnil+rgpd", "1 programme sur 44"),
        ("q=zzzz", "Aucun programme ne correspond"),
    ],
)
def test_filters(client: Client, query: str, expected: str) -> None:
    assert expected in _text(client, f"/programmes/?{query}")


@pytest.mark.parametrize("query", ["sorte=nimporte", "region=99", "page=abc", "page=99", "q=%00%3Cscript%3E"])
def test_a_strange_filter_breaks_nothing(client: Client, query: str) -> None:
    answer = client.get(f"/programmes/?{query}")
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


def test_the_filters_stay_from_page_to_page(client: Client) -> None:
    raw = client.get("/programmes/?etat=open&page=1").content.decode()
    assert "?etat=open&amp;page=2" in raw


def test_a_page_tells_its_state_its_doubts_and_its_sources(client: Client) -> None:
    page = _text(client, PAGE)
    assert "Ouvert à la date de la source : 2025-12-03" in page
    assert "À vérifier auprès de l'organisme" in page
    assert "Première démarche d'IA, sans aide antérieure" in page
    assert "les-aides.fr, Grand Est" in page
    assert "adresse non relue" in _text(client, "/programmes/fiche/cir/")


def test_the_official_sheet_is_one_click_away(client: Client) -> None:
    page = _text(client, "/programmes/")
    assert programmes().fiche_links.page in page
    assert "adresse à vérifier" in page
    assert "adresse inconnue : passez par la fiche" in page


def test_an_unknown_programme_is_not_found(client: Client) -> None:
    assert client.get("/programmes/fiche/inconnu/").status_code == 404
    for action in ("suivre", "relire"):
        assert client.post(f"/programmes/fiche/inconnu/{action}/", TOLD).status_code == 404


def test_a_pilot_follows_a_programme_and_changes_it(client: Client) -> None:
    answer = client.post(f"{PAGE}suivre/", TOLD, follow=True)
    assert "est suivi : demande déposée" in unescape(answer.content.decode())
    kept = Follow.objects.get()
    assert (kept.state, kept.amount, str(kept.next_on)) == ("applied", Decimal("12500.50"), "2031-03-04")
    assert kept.by is not None
    assert b"Durand" not in bytes(kept.sealed)
    page = _text(client, PAGE)
    assert "Voir Mme Durand." in page
    assert 'value="2031-03-04"' in page
    listed = _text(client, "/programmes/suivis/")
    assert "Demande déposée" in listed
    assert "Voir Mme Durand." in listed
    assert "12 500,50 €" in listed
    client.post(f"{PAGE}suivre/", {"state": "obtained"})
    assert Follow.objects.get().state == "obtained"
    assert "Voir Mme Durand." not in _text(client, PAGE)
    client.post(f"{PAGE}ne-plus-suivre/")
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "won"},
        {"next_on": "demain"},
        {"next_on": "9999-12-31"},
        {"next_on": "0026-11-29"},
        {"amount": "-1"},
        {"amount": "beaucoup"},
        {"amount": "1" * 20},
        {"note": "x" * 2_001},
    ],
)
def test_what_is_wrong_is_shown_and_nothing_is_kept(client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(f"{PAGE}suivre/", TOLD | wrong)
    assert answer.status_code == 200
    assert b"invalid-feedback" in answer.content
    assert not Follow.objects.exists()


def test_the_dates_go_to_the_page_and_to_the_calendar_without_the_note(client: Client) -> None:
    client.post(f"{PAGE}suivre/", TOLD)
    client.post("/programmes/fiche/cii/suivre/", {"state": "to_look"})
    page = _text(client, "/programmes/echeances/")
    assert "4 mars 2031" in page
    assert "31 décembre 2027" in page
    answer = client.get("/programmes/echeances.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    written = answer.content.decode()
    assert written.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20310304" in written
    assert "Durand" not in written
    assert "12500" not in written


def test_a_next_date_that_is_gone_is_marked(client: Client) -> None:
    client.post(f"{PAGE}suivre/", TOLD | {"next_on": "2020-01-01"})
    assert "Passée" in _text(client, "/programmes/suivis/")
    assert "Passées" in _text(client, "/programmes/echeances/")


def test_reading_a_source_again_takes_the_mark_away(client: Client) -> None:
    assert 'class="alert alert-warning"' in _text(client, PAGE)
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = {"status": "open", "closes_on": tomorrow.isoformat()}
    client.post(f"{PAGE}relire/", told)
    assert Review.objects.get().on == timezone.localdate()
    page = _text(client, PAGE)
    assert 'class="alert alert-warning"' not in page
    assert "par pilot@entreprise.example" in page
    assert "d'après votre relecture" in page
    for wrong in ({"status": "perhaps"}, {"status": "open", "closes_on": "9999-12-31"}):
        assert client.post(f"{PAGE}relire/", wrong).status_code == 200
    assert Review.objects.get().closes_on == tomorrow


def test_a_person_who_leaves_leaves_the_company_its_notes(
    client: Client, person: Callable[..., User], browser: Callable[..., Client]
) -> None:
    client.post(f"{PAGE}suivre/", TOLD)
    client.post(f"{PAGE}relire/", {"status": "open"})
    User.objects.get(email="pilot@entreprise.example").delete()
    admin = browser(Role.ADMIN)
    assert "pilot@" not in _text(admin, PAGE) + _text(admin, "/programmes/suivis/")
    assert Follow.objects.get().by is None


def test_collaborators_read_the_directory_and_nothing_of_what_the_company_follows(
    client: Client, browser: Callable[..., Client]
) -> None:
    client.post(f"{PAGE}suivre/", TOLD)
    reader = browser(Role.COLLABORATOR)
    for url in ("/programmes/", "/programmes/?q=primo", PAGE):
        page = _text(reader, url)
        assert "Grand Est" in page or "Aides et formations" in page
        for hidden in (
            "Durand",
            "12500",
            "12 500",
            "Demande déposée",
            "Suivi :",
            "Suivi par",
            "suivre/",
        ):
            assert hidden not in page
    assert 'href="/programmes/suivis/"' not in _text(reader, "/programmes/")


@pytest.mark.parametrize("action", ["suivre", "ne-plus-suivre", "relire"])
def test_only_pilots_write(client: Client, browser: Callable[..., Client], action: str) -> None:
    client.post(f"{PAGE}suivre/", TOLD)
    assert browser(Role.COLLABORATOR).post(f"{PAGE}{action}/", TOLD).status_code == 403
    assert browser(None).post(f"{PAGE}{action}/", TOLD).status_code == 302
    assert client.get(f"{PAGE}{action}/").status_code == 405
    assert browser(Role.PILOT, csrf=True).post(f"{PAGE}{action}/", TOLD).status_code == 403
    assert Follow.objects.get().state == "applied"
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "url", ["/programmes/", "/programmes/suivis/", "/programmes/echeances/", "/programmes/echeances.ics"]
)
def test_the_queries_do_not_grow_with_what_is_followed(client: Client, url: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    client.post(f"{PAGE}suivre/", TOLD)
    client.post(f"{PAGE}relire/", {"status": "open"})
    queries()  # tells what was done, which asks once more
    few = queries()
    for one in programmes().programmes:
        client.post(f"/programmes/fiche/{one.id}/suivre/", TOLD)
        client.post(f"/programmes/fiche/{one.id}/relire/", {"status": "open"})
    queries()
    assert queries() == few


def test_what_is_followed_is_shown_page_by_page(client: Client) -> None:
    for number in range(PAGE_OF_FOLLOWED + 1):
        Follow.objects.create(programme=f"p{number}", name=f"Programme {number:03}")
    first = _text(client, "/programmes/suivis/")
    assert "Programme 000" in first
    assert "Programme 050" not in first
    assert "Programme 050" in _text(client, "/programmes/suivis/?page=2")


def test_in_english_the_reasons_are_told_and_the_calendar_stays_as_it_is(
    client: Client, a_company: Callable[..., None]
) -> None:
    a_company(staff=1400, region="44", naf="62.01Z")
    client.post(f"{PAGE}suivre/", TOLD)
    kept = client.get("/programmes/echeances.ics").content.decode()
    client.cookies["egide-language"] = "en"
    page = _text(client, "/programmes/")
    assert "your region (Grand Est)" in page
    assert "at most 1,999 employees: you have 1,400" in page
    assert "Followed: application made" in page
    assert "4 March 2031" in _text(client, "/programmes/echeances/")
    written = client.get("/programmes/echeances.ics").content.decode()
    assert [line for line in written.splitlines() if not line.startswith("DTSTAMP")] == [
        line for line in kept.splitlines() if not line.startswith("DTSTAMP")
    ]


def test_in_english_the_faults_of_a_file_are_told(client: Client) -> None:
    client.cookies["egide-language"] = "en"
    file = SimpleUploadedFile("repertoire.yaml", b"a: &x 1\nb: *x\n")
    answer = client.post("/programmes/mise-a-jour/", {"file": file})
    assert "references (&amp; and *) are not allowed in it" in answer.content.decode()


def test_the_note_keeps_its_french_name(client: Client) -> None:
    # Alone, the word is one that Django's own catalogue says otherwise.
    assert "Note <" in _text(client, PAGE)
