from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.formats import date_format

from egide.policy import Role
from egide.reference.training import lessons, modules
from egide.workspace.accounts.models import User
from egide.workspace.training import following, services
from egide.workspace.training.models import Attempt, Edition
from egide.workspace.training.plan import Reason, State
from egide.workspace.training.rules import note_editions

People = Callable[..., User]
Take = Callable[..., Attempt]
Open = Callable[..., Client]
HOSTILE = '=HYPERLINK("http://x");"#panic(1)" *a*'


@pytest.fixture
def zoe(person: People) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def client(browser: Open) -> Client:
    return browser(Role.PILOT)


@pytest.fixture
def two_months_later(db: None) -> Callable[[], None]:
    def pass_by() -> None:
        ago = timezone.now() - timedelta(days=60)
        note_editions()
        Edition.objects.update(since=ago)
        User.objects.update(created_at=ago)

    return pass_by


def _page(client: Client, query: str = "") -> str:
    return unescape(client.get(f"/formation/suivi/{query}").content.decode())


def test_a_pilot_sees_counts_and_who_is_late_but_no_score(
    client: Client, zoe: User, take: Take, two_months_later: Callable[[], None]
) -> None:
    take(zoe, "m1", missing=1)
    take(zoe, "m2", missing=5)
    assert "Personne n'est en retard" in _page(client)
    two_months_later()
    page = _page(client)
    assert "En retard : <strong>2</strong>" in page
    assert "1 sur 8" in page
    assert "2, 3, 4, 5, 6, 7, 8" in page
    assert "lefèvre" in page.lower()
    assert zoe.email in page
    for score in ("85", "28"):
        assert f"{score} %" not in page
    assert "Zoé" not in _page(client, "?q=pilot")
    counted = {one.module.id: one for one in following.overview().counts}
    assert (counted["m1"].passed, counted["m1"].waiting, counted["m1"].late) == (1, 1, 1)
    assert (counted["m2"].passed, counted["m2"].waiting, counted["m2"].late) == (0, 2, 2)


def test_who_left_is_neither_counted_nor_reminded(
    client: Client, zoe: User, two_months_later: Callable[[], None]
) -> None:
    two_months_later()
    zoe.is_active = False
    zoe.save()
    assert zoe.email not in _page(client, "?tous=1")
    assert len(following.everybody()) == 1


def test_asking_again_is_for_those_who_passed_and_the_certificate_stays(
    client: Client, zoe: User, take: Take, browser: Open
) -> None:
    take(zoe, "m8")
    assert browser(Role.COLLABORATOR).post("/formation/suivi/m8/redemander/").status_code == 403
    assert services.mine(zoe)[7].state is State.PASSED
    page = client.post("/formation/suivi/m8/redemander/", follow=True).content.decode()
    assert "à refaire par chacun" in page
    again = services.mine(zoe)[7]
    assert (again.state, again.reason, again.late) == (State.TO_RENEW, Reason.ASKED, False)
    assert services.waiting(zoe) == 1
    take(zoe, "m8")
    assert services.mine(zoe)[7].state is State.PASSED
    assert client.post("/formation/suivi/m99/redemander/").status_code == 404


def test_the_charter_tells_when_its_module_is_to_be_passed_again(
    zoe: User, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(zoe, "m8")
    take(zoe, "m1")
    changed = timezone.now() + timedelta(seconds=1)

    class Charter:
        @staticmethod
        def renewed() -> dict[str, object]:
            # A module that no charter renews is left alone.
            return {"m8": changed, "m1": changed}

    monkeypatch.setattr("egide.workspace.discovery.modules", lambda name: [Charter])
    found = {one.module.id: one for one in services.mine(zoe)}
    assert (found["m8"].state, found["m8"].reason) == (State.TO_RENEW, Reason.CHARTER)
    assert found["m1"].state is State.PASSED


def test_the_table_is_safe_for_a_spreadsheet(client: Client, zoe: User, take: Take) -> None:
    zoe.name = HOSTILE
    zoe.save()
    take(zoe, "m1", missing=1)
    answer = client.get("/formation/suivi/preuve.csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="preuve-formation-')
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 1 + 2 * len(modules())
    (told,) = [line for line in lines if line[1] == zoe.email and line[2] == modules()["m1"].title]
    version, today = lessons()["m1"].version, timezone.localdate()
    assert told[0] == f"'{HOSTILE}"
    assert told[3:] == [version, version, f"{today:%d/%m/%Y}", "oui"]
    assert not any("85" in cell for cell in told)
    assert [line[6] for line in lines if line[1] == zoe.email].count("non") == len(modules()) - 1


def test_the_pdf_tells_the_rule_the_counts_and_who(client: Client, zoe: User, take: Take) -> None:
    zoe.name = HOSTILE
    zoe.save()
    take(zoe, "m1", missing=1)
    take(zoe, "m3")
    made = client.get("/formation/suivi/preuve.pdf").content
    assert b"pdfuaid:part>1<" in made
    document = pypdfium2.PdfDocument(made)
    assert document.is_tagged()
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    assert "Depuis le 2 février 2025" in text
    assert '"#panic(1)" *a*' in text
    assert f"{timezone.localdate():%d/%m/%Y}" in text
    assert "85 %" not in text


def test_in_english_the_page_is_translated_and_not_what_goes_to_others(
    client: Client, zoe: User, two_months_later: Callable[[], None]
) -> None:
    two_months_later()
    client.cookies["egide-language"] = "en"
    page = _page(client)
    assert "Late: <strong>2</strong>" in page
    assert "Remind those who are late" in page
    assert "Un ou plusieurs modules de la formation à l'IA sont à faire" in page
    document = pypdfium2.PdfDocument(client.get("/formation/suivi/preuve.pdf").content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    with translation.override("fr"):
        today = date_format(timezone.localdate(), "j F Y")
    assert f"État au {today}" in " ".join(text.split())


def test_the_proof_stays_when_a_person_goes(client: Client, zoe: User, take: Take) -> None:
    take(zoe, "m1")
    zoe.delete()
    text = pypdfium2.PdfDocument(client.get("/formation/suivi/preuve.pdf").content)
    told = " ".join(page.get_textpage().get_text_bounded() for page in text)
    assert "supprimé : 1" in " ".join(told.split())
    assert "Lefèvre" not in told


def test_the_number_of_people_does_not_change_the_number_of_queries(
    client: Client, person: People, take: Take
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            _page(client, "?tous=1")
            client.get("/formation/suivi/preuve.csv")
        return len(queries)

    asked()  # says since when each module is there
    before = asked()
    for number in range(60):
        other = person(email=f"p{number}@entreprise.example")
        take(other, "m1")
    assert asked() == before
    assert "Page 1 sur 2" in _page(client, "?tous=1")
