from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.workspace.charter.conftest import ANSWERS, VALUES, Publish

from egide.policy import Policy, Role
from egide.reference.charter import charter
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts, signing
from egide.workspace.charter.content import seal_of
from egide.workspace.charter.models import CharterVersion, Signature, SigningRule
from egide.workspace.policies import versions

Sign = Callable[..., Signature]
Browse = Callable[..., Client]


def text(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def filled(**more: str) -> dict[str, str]:
    """The form of the draft, as a browser sends it."""
    kept = {f"keep_{one}": "on" for one in _recommended()}
    given = {f"var_{name}": said for name, said in VALUES.items()}
    answers = {f"answer_{name}": said for name, said in ANSWERS.items()}
    return {"revision": str(drafts.draft().revision), **kept, **given, **answers, **more}


def _recommended() -> list[str]:
    return [one.id for one in charter().articles if one.status == "recommande"]


def test_from_the_draft_to_a_signed_charter(browser: Browse) -> None:
    pilot = browser(Role.PILOT)
    assert "n'a pas encore publié de charte" in text(browser(Role.COLLABORATOR), "/charte/")
    page = text(pilot, "/charte/redaction/")
    assert "l'Assistant d'Égide, relié à Mistral (small)" in page
    assert "Il manque" in page
    assert pilot.post("/charte/redaction/", filled()).status_code == 302
    assert "Publier la version 1" in text(pilot, "/charte/redaction/apercu/")
    read = {"revision": drafts.draft().revision, "seen": seal_of(drafts.preview())}
    unread = pilot.post("/charte/redaction/publier/", {**read, "seen": "0" * 64}, follow=True)
    assert "Rien n'a été publié" in unescape(unread.content.decode())
    assert not CharterVersion.objects.exists()
    pilot.post("/charte/redaction/publier/", {**read, "summary": "La première."})
    version = CharterVersion.objects.get()

    julie = browser(Role.COLLABORATOR)
    page = text(julie, "/charte/")
    assert "Ce qui change : La première." in page
    assert "Article 1. Objet et portée" in page
    given = {"version": "1", "digest": version.digest, "name": "Julie Martin", "agreed": "on"}
    answer = julie.post("/charte/signer/", given, headers={"User-Agent": "Firefox"}, follow=True)
    assert "Charte signée" in unescape(answer.content.decode())
    kept = Signature.objects.get()
    assert (kept.address, kept.browser, kept.digest) == ("127.0.0.1", "Firefox", version.digest)
    assert julie.get(f"/charte/certificat/{kept.code}/certificat.pdf").content.startswith(b"%PDF")
    assert "qui n'a pas signé" in text(pilot, "/charte/redaction/signatures/")


def test_what_was_typed_is_never_lost(browser: Browse) -> None:
    pilot = browser(Role.PILOT)
    late = filled(var_direction="Anne, gérante")
    pilot.post("/charte/redaction/", filled(var_direction="Paul"))
    page = unescape(pilot.post("/charte/redaction/", late).content.decode())
    assert "Un autre pilote a changé ce brouillon" in page
    assert 'value="Anne, gérante"' in page
    assert drafts.draft().values["direction"] == "Paul"
    pilot.post("/charte/redaction/", {**late, "revision": str(drafts.draft().revision)})
    assert drafts.draft().values["direction"] == "Anne, gérante"
    long = pilot.post("/charte/redaction/", filled(var_relecteurs="x" * 1001, var_direction="Zoé"))
    assert "x" * 1001 in long.content.decode()
    assert 'value="Zoé"' in long.content.decode()


def test_a_draft_may_be_kept_unfinished(browser: Browse) -> None:
    pilot = browser(Role.PILOT)
    pilot.post("/charte/redaction/", {"revision": "0", "var_direction": "Anne"})
    assert drafts.draft().values == {"direction": "Anne"}
    assert "prompts" in drafts.draft().left_out
    read = {"revision": drafts.draft().revision, "seen": seal_of(drafts.preview())}
    answer = pilot.post("/charte/redaction/publier/", read, follow=True)
    assert "incomplet" in answer.content.decode()
    assert not CharterVersion.objects.exists()


def test_what_was_not_read_or_is_old_is_marked(browser: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    pilot, unread = browser(Role.PILOT), ">À vérifier</span>"
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 1))
    clauses = [one for one in charter().articles if not all(source.verified for source in one.sources)]
    assert text(pilot, "/charte/redaction/").count(unread) == len(clauses) > 0
    assert unread not in text(pilot, "/charte/redaction/procedure/")
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2028, 1, 1))
    assert text(pilot, "/charte/redaction/").count(unread) == len(charter().articles)
    assert unread in text(pilot, "/charte/redaction/procedure/")


@pytest.mark.parametrize("role", [Role.COLLABORATOR, None])
def test_pilots_pages_are_for_pilots(role: Role | None, browser: Browse, publish: Publish) -> None:
    publish()
    client, expected = browser(role), 302 if role is None else 403
    for address in (
        "/charte/redaction/",
        "/charte/redaction/publier/",
        "/charte/redaction/signatures/reglage/",
    ):
        assert client.post(address, filled(var_direction="Moi", required="on")).status_code == expected
    for address in ("apercu", "versions", "signatures"):
        assert client.get(f"/charte/redaction/{address}/").status_code == expected
    assert drafts.draft().values["direction"] == VALUES["direction"]
    assert not signing.rule().required


def test_a_collaborator_sees_no_signature_of_another(
    browser: Browse, publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    publish()
    paul = person(email="paul@entreprise.example", name="Paul Durand")
    kept = sign(paul, name="Paul Durand")
    julie = browser(Role.COLLABORATOR)
    assert julie.get(f"/charte/certificat/{kept.code}/certificat.pdf").status_code == 404
    assert "Paul" not in text(julie, "/charte/")
    for client, shown, hidden in (
        (browser(None), ["Signature valide", kept.digest], ["Paul", "P. D.", "192.0.2.7", "Firefox"]),
        (julie, ["Signature valide", "P. D."], ["Paul", "192.0.2.7", "Firefox"]),
        (browser(Role.PILOT), ["Paul Durand", "192.0.2.7", "Firefox"], []),
    ):
        page = text(client, f"/charte/verifier/{kept.code}/")
        assert all(said in page for said in shown)
        assert not any(said in page for said in hidden)
    own = Client()
    own.force_login(paul)
    assert "192.0.2.7" in text(own, f"/charte/verifier/{kept.code}/")
    assert own.get(f"/charte/certificat/{kept.code}/certificat.pdf").status_code == 200


def test_nothing_is_recorded_of_who_has_not_read_the_notice(
    publish: Publish, person: Callable[..., User]
) -> None:
    version, client = publish(), Client()
    client.force_login(person(email="new@entreprise.example", informed=False))
    assert client.get("/charte/").headers["Location"] == "/information/lire/?suite=%2Fcharte%2F"
    given = {"version": "1", "digest": version.digest, "name": "Zoé", "agreed": "on"}
    assert client.post("/charte/signer/", given).status_code == 302
    assert not Signature.objects.exists()


def test_an_unknown_code_and_an_unknown_version_do_not_exist(browser: Browse, publish: Publish) -> None:
    publish()
    assert browser(None).get(f"/charte/verifier/{'0' * 40}/").status_code == 404
    assert browser(Role.PILOT).get("/charte/versions/2/charte.pdf").status_code == 404
    assert browser(Role.COLLABORATOR).get("/charte/versions/1/charte.pdf").status_code == 200


def test_the_page_says_when_the_stored_text_was_changed(
    browser: Browse, publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    version = publish()
    kept = sign(person(email="paul@entreprise.example"))
    with connection.cursor() as cursor:
        altered = version.text.replace("jamais pour remplacer", "pour remplacer")
        cursor.execute("UPDATE charter_charterversion SET text = %s", [altered])
    assert "Signature non valide" in text(browser(None), f"/charte/verifier/{kept.code}/")
    page = text(browser(Role.COLLABORATOR), "/charte/")
    assert "a été modifié après sa publication" in page
    assert "Signer la charte" not in page
    assert "Modifiée après coup" in text(browser(Role.PILOT), "/charte/redaction/versions/")
    for name in ("charte.pdf", "charte.docx"):
        answer = browser(Role.COLLABORATOR).get(f"/charte/versions/1/{name}")
        assert answer.status_code == 302, "an altered version is handed to nobody"


def test_the_charter_and_the_policy_that_differ_are_shown(browser: Browse, publish: Publish) -> None:
    publish()
    pilot = browser(Role.PILOT)
    assert "diffèrent" not in text(pilot, "/charte/redaction/")
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    page = text(pilot, "/charte/redaction/signatures/")
    assert "La charte et la politique diffèrent" in page
    assert "La charte dit :" in page
    publish()
    assert "diffèrent" not in text(pilot, "/charte/redaction/")


def test_without_a_signature_the_assistant_leads_to_the_charter_then_back(
    browser: Browse, publish: Publish
) -> None:
    publish(date_entree_vigueur="2020-01-01")
    browser(Role.PILOT).post("/charte/redaction/signatures/reglage/", {"required": "on", "grace_days": "0"})
    julie = browser(Role.COLLABORATOR)
    User.objects.update(created_at="2020-01-01T00:00:00Z")
    assert julie.get("/assistant/").status_code == 200, "today is still the last day"
    SigningRule.objects.update(since="2020-01-01")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE charter_charterversion SET at = %s", ["2020-01-01 00:00:00+00:00"])
    answer = julie.get("/assistant/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/charte/?suite=%2Fassistant%2F")
    body = {"text": "Bonjour", "usage": "assistance", "provider": "mistral"}
    refused = julie.post("/assistant/apercu", body, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "EG-6411")
    assert "L'Assistant attend votre signature" in text(julie, answer.headers["Location"])
    version = CharterVersion.objects.get()
    given = {
        "version": "1",
        "digest": version.digest,
        "name": "Julie",
        "agreed": "on",
        "suite": "/assistant/",
    }
    assert julie.post("/charte/signer/", given).headers["Location"] == "/assistant/"
    assert julie.get("/assistant/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "x", ""])
def test_signing_leads_nowhere_else(elsewhere: str, browser: Browse, publish: Publish) -> None:
    version = publish()
    given = {"version": "1", "digest": version.digest, "name": "J", "agreed": "on", "suite": elsewhere}
    assert browser(Role.COLLABORATOR).post("/charte/signer/", given).headers["Location"] == "/charte/"


def test_the_number_of_people_does_not_change_the_number_of_queries(
    browser: Browse, publish: Publish, sign: Sign, person: Callable[..., User]
) -> None:
    publish()
    client = browser(Role.PILOT)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            for name in ("signatures/?tous=1", "relances/", "versions/", "procedure/", "versions/comparer/"):
                assert client.get(f"/charte/redaction/{name}").status_code == 200
            assert client.get("/charte/").status_code == 200
        return len(asked)

    count()
    before = count()
    for number in range(20):
        made = person(email=f"p{number}@entreprise.example", informed=False)
        if number % 2:
            sign(made)
    assert count() == before
