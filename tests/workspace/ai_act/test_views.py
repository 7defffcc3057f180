from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workspace.ai_act.conftest import CREDIT, DRAFTING, RECRUITING, answers

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.ai_act import services
from egide.workspace.ai_act.models import Assessment, Fria
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage

ONE = "/reglement-ia/usages/courriers/"


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


@pytest.fixture
def pilot(client: Client) -> User:
    return User.objects.get(role=Role.PILOT)


def page(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_from_the_first_question_to_the_confirmed_result(client: Client, usage: Usage) -> None:
    assert "À faire" in page(client, "/reglement-ia/")
    assert "Commencer les questions" in page(client, ONE)
    at = client.post(f"{ONE}reprendre/").url
    pages = 0
    while "/questions/" in at:
        assert "<h1" in page(client, at)
        at = client.post(at, {"answer": "yes" if at.split("/")[-2] in DRAFTING else "no"}).url
        pages += 1
    assert at == ONE
    told = page(client, ONE)
    assert "Risque minimal" in told
    assert "Former les utilisateurs" in told
    assert "S'applique depuis le 2 février 2025" in told
    assert "Pourquoi ?" in told
    assert "Ce qui revient à un autre" in told
    read = services.stamp(Assessment.objects.get().answers)
    client.post(f"{ONE}confirmer/", {"read": read})
    kept = Assessment.objects.get()
    assert kept.confirmed_by is not None
    assert kept.result["level"] == "minimal"
    assert len(kept.answers) == pages
    assert "Confirmé" in page(client, "/reglement-ia/")
    assert client.get(f"{ONE}resultats/{kept.pk}/fiche.pdf").content.startswith(b"%PDF")
    assert "Les mots sont ceux de ce jour-là" in page(client, f"{ONE}resultats/{kept.pk}/")


def test_none_of_these_answers_a_stage_at_once(client: Client, usage: Usage) -> None:
    for question in ("A1", "A2", "A3", "A4", "B1", "B2", "B2B"):
        client.post(
            f"{ONE}questions/{question}/", {"answer": "yes" if question in ("A1", "A4", "B1") else "no"}
        )
    told = page(client, f"{ONE}questions/C1/")
    assert "Aucun de ces cas ?" in told
    assert "contenu pédocriminel" in told
    assert client.post(f"{ONE}aucun/interdit/").url.endswith("/questions/D1/")
    assert client.post(f"{ONE}aucun/haut_risque/").url.endswith("/questions/E1/")
    assert client.post(f"{ONE}aucun/interdit/").url == ONE
    assert "n'est pas posée" in page(client, ONE)


def test_going_back_and_changing_an_answer(
    client: Client, usage: Usage, answered: Callable[..., Assessment]
) -> None:
    answered(DRAFTING)
    told = page(client, f"{ONE}questions/E1/")
    assert 'value="no" id="answer-no" required checked' in told
    assert f"{ONE}questions/D2_8/" in told
    assert client.post(f"{ONE}questions/E1/", {"answer": "yes"}).url == f"{ONE}questions/E1B/"
    assert page(client, f"{ONE}questions/E1B/")


@pytest.mark.parametrize("said", ["", "peut-être", "YES"])
def test_an_answer_that_is_none_is_refused(client: Client, usage: Usage, said: str) -> None:
    answer = client.post(f"{ONE}questions/A1/", {"answer": said})
    assert answer.status_code == 400
    assert "Rien n'a été enregistré" in unescape(answer.content.decode())
    assert not Assessment.objects.filter(answers__has_key="A1").exists()


def test_a_question_out_of_turn_leads_to_the_one_that_is_asked(client: Client, usage: Usage) -> None:
    assert client.get(f"{ONE}questions/E1/").url == f"{ONE}questions/A1/"
    assert client.get(f"{ONE}questions/G2/").status_code == 404
    assert client.get(f"{ONE}questions/Z9/").status_code == 404


def test_what_is_not_known_says_what_it_would_change(
    client: Client, usage: Usage, answered: Callable[..., Assessment]
) -> None:
    answered(DRAFTING, ["D2_4"])
    told = page(client, ONE)
    assert "Ce que vous ne savez pas encore" in told
    assert "Haut risque : usage de l'annexe III" in told
    assert "Demandez à l'éditeur" in told
    assert "Confirmer ce résultat" not in told
    assert "À préciser" in page(client, "/reglement-ia/")


def test_high_risk_shows_duties_dates_and_notices(
    client: Client, usage: Usage, answered: Callable[..., Assessment]
) -> None:
    answered(RECRUITING)
    told = page(client, ONE)
    assert "S'appliquera à partir du 2 décembre 2027" in told
    assert "informer les représentants du personnel" in told
    assert "vous, comme" in told
    assert "15 M€ ou 3 %" in told
    assert "Pour prendre cette décision vous concernant, [nom de l'entreprise]" in told
    assert "droits-fondamentaux" not in told


def test_fria(client: Client, usage: Usage, answered: Callable[..., Assessment]) -> None:
    answered(CREDIT)
    assert f"{ONE}droits-fondamentaux/" in page(client, ONE)
    form = page(client, f"{ONE}droits-fondamentaux/")
    assert "Rédiger des courriers" in form
    assert "n'est pas due" not in form
    client.post(f"{ONE}droits-fondamentaux/", {"risks": "Un refus injuste", "notified_on": "2027-11-30"})
    assert Fria.objects.get().parts["risks"] == "Un refus injuste"
    assert "Un refus injuste" in page(client, f"{ONE}droits-fondamentaux/")
    made = client.get(f"{ONE}droits-fondamentaux.pdf")
    assert made.content.startswith(b"%PDF")


def test_a_provider_is_told_whose_the_other_duties_are(
    client: Client, usage: Usage, answered: Callable[..., Assessment]
) -> None:
    answered(("A1", "A4", "B2", "D2_5", "D2_5b", "D4", "D8", "E3"))
    told = page(client, ONE)
    own, others = told.split("Ce qui revient à un autre")
    assert "droits-fondamentaux" not in told
    for title in ("Informer les salariés et leurs représentants", "Analyse d'impact sur les droits"):
        assert title in others
        assert title not in own
    assert "fournisseur de l'outil" not in others
    assert "Déployeur" in others.split("Mentions prêtes à copier")[0]
    assert "n'est pas due" in page(client, f"{ONE}droits-fondamentaux/")


def test_a_new_table_keeps_the_old_result_and_shows_what_changes(
    client: Client, usage: Usage, pilot: User, answered: Callable[..., Assessment]
) -> None:
    old = answered(RECRUITING, by=pilot)
    result = old.result
    result["duties"] = [one for one in result["duties"] if one["id"] != "D-86"]
    result["outcomes"][1]["applies_from"] = "2026-08-02"
    result["trail"][0]["text"] = "Est-ce une IA ?"
    Assessment.objects.update(table="2026.07.1", result=result)
    assert "À confirmer de nouveau" in page(client, "/reglement-ia/")
    told = page(client, ONE)
    assert "La table a changé" in told
    assert "Ajouté" in told
    assert "2026-08-02 → 2027-12-02" in told
    assert "« Est-ce une IA ? »" in told
    client.post(f"{ONE}confirmer/", {"read": services.stamp(old.answers)})
    assert Assessment.objects.filter(table=services.version(), answers=old.answers).count() == 1
    assert Assessment.objects.get(table="2026.07.1").result["outcomes"][1]["applies_from"] == "2026-08-02"
    assert "La table a changé" not in page(client, ONE)


def test_a_pilot_confirms_what_was_read(
    client: Client, usage: Usage, answered: Callable[..., Assessment]
) -> None:
    answered(DRAFTING)
    told = unescape(client.post(f"{ONE}confirmer/", {"read": "autre"}, follow=True).content.decode())
    assert "Les réponses ont changé" in told
    assert Assessment.objects.get().is_open


def test_giving_up_keeps_what_was_confirmed(
    client: Client, usage: Usage, pilot: User, answered: Callable[..., Assessment]
) -> None:
    answered(DRAFTING, by=pilot)
    client.post(f"{ONE}reprendre/")
    assert Assessment.objects.count() == 2
    client.post(f"{ONE}abandonner/")
    assert Assessment.objects.get().confirmed_by == pilot


def test_a_collaborator_answers_for_their_own_usage_only(
    browser: Callable[..., Client], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    client = browser(Role.COLLABORATOR)
    me = User.objects.get(role=Role.COLLABORATOR)
    mine = usages.declare({"name": "Devis"}, me)
    listed = page(client, "/reglement-ia/")
    assert "Devis" in listed
    assert "Courriers" not in listed
    own = f"/reglement-ia/usages/{mine.slug}/"
    assert client.post(f"{own}questions/A1/", {"answer": "no"}).url == own
    told = page(client, own)
    assert "Pas un système d'IA" in told
    assert "Un pilote lira vos réponses" in told
    assert client.post(f"{own}confirmer/").status_code == 403
    assert client.post(f"{own}abandonner/").status_code == 403
    assert client.get(f"{own}droits-fondamentaux/").status_code == 403
    assert client.get("/reglement-ia/registre.csv").status_code == 403
    answered(DRAFTING)
    for address in ("", "questions/A1/", "fiche.pdf", "resultats/1/", "resultats/1/fiche.pdf"):
        assert client.get(f"{ONE}{address}").status_code == 404
    for address in ("questions/A1/", "reprendre/", "aucun/interdit/"):
        assert client.post(f"{ONE}{address}", {"answer": "no"}).status_code == 404


def test_exports_hold_every_answer_and_are_no_formula(
    client: Client, usage: Usage, pilot: User, answered: Callable[..., Assessment]
) -> None:
    answered(RECRUITING, by=pilot)
    usages.add("=1+1")
    told = json.loads(client.get("/reglement-ia/registre.json").content)
    one = next(row for row in told["usages"] if row["id"] == "courriers")
    assert one["class"] == "Haut risque"
    assert one["confirmed"] is True
    assert one["answers"]["D2_4a"] == "yes"
    assert one["next_date"] == "2027-12-02"
    assert {duty["id"] for duty in one["result"]["duties"]} >= {"D-26-7", "D-LIT"}
    lines = client.get("/reglement-ia/registre.csv").content.decode()
    assert lines.startswith("\ufeffUsage;Identifiant")
    assert "'=1+1" in lines
    assert "02/12/2027" in lines


def test_who_declared_a_usage_takes_nothing_confirmed_out_of_the_register(
    client: Client, browser: Callable[..., Client], pilot: User, answered: Callable[..., Assessment],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    author = browser(Role.COLLABORATOR)
    me = User.objects.get(role=Role.COLLABORATOR)
    mine = usages.declare({"name": "Crédit"}, me)
    usages.validate(mine.pk, pilot, date(2100, 1, 1), read=usages.last_change(mine))
    answered(CREDIT, about=mine, by=pilot)
    own = f"/reglement-ia/usages/{mine.slug}/"
    printed: list[dict[str, Any]] = []

    def printing(template: str, data: dict[str, Any], **_: object) -> bytes:
        printed.append(data)
        return b"%PDF"

    monkeypatch.setattr("egide.workspace.printing.pdf", printing)

    def told(client: Client) -> tuple[str, str, str]:
        client.get(f"{own}fiche.pdf")
        return page(client, "/reglement-ia/"), page(client, own), printed[-1]["state"]

    author.post(f"{own}reprendre/")
    author.post(f"{own}questions/A1/", {"answer": "no"})
    found = json.loads(client.get("/reglement-ia/registre.json").content)["usages"]
    row = next(one for one in found if one["id"] == mine.slug)
    assert (row["class"], row["confirmed"]) == ("Haut risque", True)
    assert row["state"] == f"Réponses en cours : {me.shown}"
    assert row["result"]["level"] == "haut_risque"
    assert row["answers"]["A1"] == "yes"
    assert "Haut risque;oui" in client.get("/reglement-ia/registre.csv").content.decode()
    listed, one, state = told(client)
    assert "Hors du règlement" not in listed
    assert f"par {me.shown}" in listed
    assert "reste celui de l'entreprise" in one
    assert f"{own}droits-fondamentaux/" in one
    assert "n'est pas due" not in page(client, f"{own}droits-fondamentaux/")
    assert "Réponses en cours, par" in state
    assert printed[-1]["class"] == "Haut risque"
    assert "Réponses en cours" in told(author)[0]
    client.post(f"{own}confirmer/", {"read": services.stamp({**answers(CREDIT), "A1": "no"})})
    assert Assessment.objects.filter(confirmed_at=None).exists()
    client.post(f"{own}confirmer/", {"read": services.stamp({"A1": "no"})})
    listed, one, state = told(client)
    assert "Haut risque" not in listed
    assert "Hors du règlement" in listed
    assert "Réponses en cours" not in listed + one + state


@pytest.mark.parametrize("yes", [DRAFTING, RECRUITING, ("A1", "A4", "C9"), ()])
def test_the_sheet_is_printed_at_every_stage(
    client: Client, usage: Usage, answered: Callable[..., Assessment], yes: tuple[str, ...]
) -> None:
    assert client.get(f"{ONE}fiche.pdf").content.startswith(b"%PDF")
    answered(yes)
    assert client.get(f"{ONE}fiche.pdf").content.startswith(b"%PDF")


def test_the_number_of_queries_does_not_grow(
    client: Client, usage: Usage, pilot: User, answered: Callable[..., Assessment]
) -> None:
    def counted(url: str) -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get(url).status_code == 200
        return len(told)

    answered(DRAFTING, by=pilot)
    urls = ("/reglement-ia/", "/reglement-ia/registre.csv", "/reglement-ia/registre.json", "/accueil/")
    before = [counted(url) for url in urls]
    for number in range(8):
        answered(RECRUITING, about=usages.add(f"Usage {number}"), by=pilot if number % 2 else None)
    assert [counted(url) for url in urls] == before


def test_an_english_reader(client: Client, usage: Usage, answered: Callable[..., Assessment]) -> None:
    client.cookies["egide-language"] = "en"
    answered(RECRUITING)
    told = page(client, ONE)
    assert "Why?" in told
    assert "Pourquoi ?" not in told
