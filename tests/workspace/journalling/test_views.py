from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import AsyncClient, Client

from egide.journal import Record, verify
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.journalling import services
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import SqlJournal
from egide.workspace.usages import services as usages

Records = Callable[..., list[Record]]


def test_an_empty_journal_says_what_will_come(browser: Callable[..., Client]) -> None:
    assert "Aucun échange pour le moment" in browser(Role.PILOT).get("/journal/").content.decode()


def test_people_and_usages_are_named_and_values_counted(
    records: Records, browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    other = person(email="julie@entreprise.example", name="Julie Petit")
    usages.add("Devis")
    SqlJournal().append(records(["a"], person=other.public_id, attachments={"pdf": 1, "png": 2}))
    page = unescape(browser(Role.PILOT).get("/journal/").content.decode())
    assert "Julie Petit" in page
    assert "nom de personne : <strong>2</strong>" in page
    assert "Pièces jointes : image PNG (2), PDF (1)" in page
    assert "24/11/2026 10:30" in page, "UTC is shown in the time of Paris"
    filtered = browser(Role.PILOT).get("/journal/", {"action": "block", "since": "2026-11-24"})
    assert "Aucun échange ne correspond" in filtered.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "since=hier",
        "since=0001-01-01&until=9999-12-31",
        "person=inconnue",
        "avant=n'importe~quoi",
        "avant=~",
        "avant=2026~3",
        "avant=hier~3",
        "action=x",
    ],
)
def test_a_strange_filter_breaks_nothing(query: str, browser: Callable[..., Client]) -> None:
    assert browser(Role.PILOT).get(f"/journal/?{query}").status_code == 200


def test_older_exchanges_follow(records: Records, browser: Callable[..., Client]) -> None:
    SqlJournal().append(records([f"x{n}" for n in range(30)]))
    client = browser(Role.PILOT)
    first = client.get("/journal/")
    assert first.content.decode().count('<th scope="row"') == 25
    older = unescape(first.content.decode()).split('href="?')[1].split('"')[0]
    assert client.get(f"/journal/?{older}").content.decode().count('<th scope="row"') == 5


@pytest.mark.parametrize("htmx", [True, False])
def test_checking_tells_intact_or_broken(
    htmx: bool, records: Records, browser: Callable[..., Client]
) -> None:
    SqlJournal().append(records(["a"]))
    client, headers = browser(Role.PILOT), {"hx-request": "true"} if htmx else {}
    assert "Journal intact" in client.post("/journal/verifier/", headers=headers).content.decode()
    JournalRecord.objects.filter(sequence=1).update(hash="0" * 64)
    page = client.post("/journal/verifier/", headers=headers).content.decode()
    assert "ne se vérifie pas" in page
    assert ("<html" in page) is not htmx


async def test_an_export_streams_and_verifies(records: Records, committed_db: None) -> None:
    from asgiref.sync import sync_to_async

    @sync_to_async
    def prepare() -> User:
        SqlJournal().append(records([f"x{n}" for n in range(400)]))
        return User.objects.create_user("pilote@entreprise.example", Role.PILOT)

    client = AsyncClient()
    await client.aforce_login(await prepare())
    response = await client.get("/journal/export.jsonl")
    assert f"{datetime.now(UTC):%Y}" in response["Content-Disposition"]
    content = b"".join([piece async for piece in response])
    report = verify(io.BytesIO(content), [services.signer().verifier])
    assert report.records == 800


def test_the_spreadsheet_is_served_too(records: Records, browser: Callable[..., Client]) -> None:
    SqlJournal().append(records(["a"]))
    response = browser(Role.PILOT).get("/journal/export.csv")
    assert response["Content-Type"].startswith("text/csv")
    assert b"".join(response).decode("utf-8-sig").startswith("écrivain;")


def test_a_long_journal_is_not_read_while_a_person_waits(
    records: Records, browser: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    SqlJournal().append(records(["a"]))
    monkeypatch.setattr(services, "CHECKED_AT_MOST", 0)
    page = browser(Role.PILOT).post("/journal/verifier/").content.decode()
    assert "Exportez-le" in page
    assert "Journal intact" not in page


def test_the_part_shown_is_offered_and_says_so(
    records: Records, browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    other = person(email="julie@entreprise.example", name="Julie Petit")
    first = records(["a"], person=other.public_id)
    SqlJournal().append([*first, *records(["b"], last=first[-1])])
    client = browser(Role.PILOT)
    page = unescape(
        client.get("/journal/", {"person": other.public_id, "since": "2026-11-24"}).content.decode()
    )
    link = next(part for part in page.split('href="') if part.startswith("/journal/export.jsonl?")).split(
        '"'
    )[0]
    answer = client.get(link)
    assert "extrait" in answer.headers["Content-Disposition"]
    report = verify(io.BytesIO(b"".join(answer.streaming_content)), [services.signer().verifier])
    assert report.records == 2
    assert report.selection.person == other.public_id
    table = b"".join(client.get(link.replace("jsonl", "csv")).streaming_content).decode()
    assert len(table.strip().splitlines()) == 1 + 2 + 1
    assert "Extrait du journal" in table


@pytest.mark.parametrize("query", ["since=hier", "person=inconnue"])
def test_a_strange_filter_does_not_export_everything(query: str, browser: Callable[..., Client]) -> None:
    for kind in ("jsonl", "csv"):
        assert browser(Role.PILOT).get(f"/journal/export.{kind}?{query}").url == "/journal/"


def test_without_a_filter_only_the_whole_is_offered(browser: Callable[..., Client]) -> None:
    page = browser(Role.PILOT).get("/journal/").content.decode()
    assert "Exporter cet extrait" not in page
    assert "gardé sans limite de durée" in page
