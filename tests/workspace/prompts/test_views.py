from __future__ import annotations

import logging
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.errors import PseudonymisationError
from egide.policy import Role
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.prompts import marks
from egide.workspace.prompts.catalogue import ready
from egide.workspace.prompts.models import Prepared, Prompt, Version

HOME = "/demandes-types/"


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.COLLABORATOR)


def _page(client: Client, address: str = HOME) -> str:
    return unescape(client.get(address).content.decode())


def test_every_ready_prompt_is_listed_favourites_first(client: Client) -> None:
    page = _page(client)
    assert all(entry.content.title in page for entry in ready().values())
    assert page.index("Commenter un écart budgétaire") < page.index("Traduire un contenu public")
    client.post(f"{HOME}mkt-traduction/favori/", {"wanted": "yes"})
    page = _page(client)
    assert page.index("Traduire un contenu public") < page.index("Commenter un écart budgétaire")
    client.post(f"{HOME}mkt-traduction/favori/", {"wanted": "no"})
    assert "Favori</span>" not in _page(client)


def test_a_department_is_chosen_and_an_unknown_one_shows_all(client: Client) -> None:
    page = _page(client, f"{HOME}?service=rh")
    assert "Préparer une grille d'entretien" in page
    assert "Relancer un devis" not in page
    assert "Relancer un devis" in _page(client, f"{HOME}?service=<script>")


def test_a_prompt_tells_what_it_is_for_which_data_and_what_to_verify(client: Client) -> None:
    page = _page(client, f"{HOME}com-relance/")
    assert "Depuis combien de jours" in page
    assert "Toute information sur une personne identifiée ou identifiable." in page
    assert "oui, masquées" in page
    assert "Aucune promesse, remise ou délai non autorisé" in page
    assert "Fiche IA 4" in page
    assert client.get(f"{HOME}inconnue/").status_code == 404


def test_the_filled_text_goes_to_the_assistant_and_no_value_to_an_address_or_a_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    written = {"v-objet": "Devis <b>{{ton}}</b> de Mme Kervella", "v-ton": "sobre\r\net net"}
    with caplog.at_level(logging.INFO):
        answer = client.post(f"{HOME}com-relance/", written)
        page = client.get(answer["Location"]).content.decode()
    assert answer.status_code == 302
    assert answer["Location"] == f"/assistant/demande/{Prepared.objects.get().id}/"
    assert "Kervella" not in answer["Location"] + caplog.text
    assert "Objet du devis : Devis &lt;b&gt;{{ton}}&lt;/b&gt; de Mme Kervella. Ton sobre\net net" in page
    assert "devis envoyé il y a « à compléter » jours" in page
    assert 'data-prompt="com-relance"' in page
    assert "Le ton convient à l&#x27;entreprise et au destinataire" in page


def test_a_prepared_text_is_not_found_by_another_person(
    client: Client, browser: Callable[..., Client]
) -> None:
    address = client.post(f"{HOME}com-relance/", {"v-objet": "Kervella"})["Location"]
    assert client.get(address).status_code == 200
    for role in (Role.PILOT, Role.ADMIN):
        assert browser(role).get(address).status_code == 404


def test_a_value_that_is_too_long_or_holds_a_nul_is_explained(client: Client) -> None:
    for wrong in ("x" * 100_001, "a\x00b"):
        page = client.post(f"{HOME}com-relance/", {"v-objet": wrong})
        assert page.status_code == 200
        assert "is-invalid" in page.content.decode()
    assert not Prepared.objects.exists()


def test_ratings_are_shown_as_an_average_without_a_name(
    client: Client, browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    marks.rate(person(email="luc@entreprise.example", name="Luc Le Goff"), "com-relance", 5)
    marks.rate(person(email="ana@entreprise.example", name="Ana Diaz"), "com-relance", 5)
    for number in range(2):
        marks.rate(person(email=f"p{number}@entreprise.example"), "com-relance", 4)
    assert "La moyenne se montre à partir de cinq avis." in _page(client, f"{HOME}com-relance/")
    client.post(f"{HOME}com-relance/avis/", {"stars": "2"})
    for wrong in ("0", "6", "", "²", "cinq"):
        client.post(f"{HOME}com-relance/avis/", {"stars": wrong})
    page = _page(browser(Role.PILOT), f"{HOME}com-relance/")
    assert "4,0 sur 5, 5 avis ou plus." in page
    assert "Luc" not in page
    assert "4,0 sur 5 (5 avis ou plus)" in _page(client)


@pytest.mark.parametrize("action", ["favori", "avis"])
def test_marks_need_a_form_and_a_prompt_that_exists(client: Client, action: str) -> None:
    assert client.get(f"{HOME}com-relance/{action}/").status_code == 405
    assert client.post(f"{HOME}inconnue/{action}/", {"stars": "3", "wanted": "yes"}).status_code == 404
    assert marks.averages() == {}


def test_the_list_costs_as_many_queries_with_a_thousand_marks(
    client: Client, person: Callable[..., User]
) -> None:
    _page(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        _page(client)
    for number in range(20):
        luc = person(email=f"luc{number}@entreprise.example")
        for ref in list(ready())[:10]:
            marks.rate(luc, ref, 3)
            marks.set_favourite(luc, ref, wanted=True)
    with CaptureQueriesContext(connection) as many:
        _page(client)
    assert len(many) == len(few)


def test_the_list_costs_as_many_queries_with_many_shared_prompts(
    anne: User, share: Callable[..., Prompt]
) -> None:
    client = Client()
    client.force_login(anne)
    share()
    _page(client)
    with CaptureQueriesContext(connection) as few:
        _page(client)
    for number in range(20):
        share(title=f"Résumer, cas {number}")
    with CaptureQueriesContext(connection) as many:
        page = _page(client)
    assert len(many) == len(few)
    assert page.count("par Zoé Lefèvre") == 21


def test_a_shared_prompt_is_opened_once_and_never_after_it_was_altered(
    anne: User, share: Callable[..., Prompt], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.force_login(anne)
    row = share()
    _page(client)
    asked: list[str] = []
    opened = wiring.keyring().open

    def opening(sealed: bytes, place: str) -> bytes:
        asked.append(place)
        return opened(sealed, place)

    monkeypatch.setattr(wiring.keyring(), "open", opening)
    assert "Résumer une visite de chantier" in _page(client)
    assert asked == []
    share(str(row.pk), title="Résumer une réunion")
    assert "Résumer une réunion" in _page(client)
    sealed = bytes(Version.objects.get(number=2).sealed_content)
    Version.objects.filter(number=2).update(sealed_content=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(PseudonymisationError, match="EG-2001"):
        _page(client)
