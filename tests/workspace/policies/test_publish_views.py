from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workspace.policies.conftest import Read

from egide.policy import Action, Policy, Role, Trust
from egide.policy.editing import Target, with_line, with_professions
from egide.workspace.policies import drafts, versions
from egide.workspace.policies.models import PolicyVersion

PRUDENT = Policy.default().document
LEAKING = with_line(PRUDENT, Target("class", "credential"), dict.fromkeys(Trust, Action.ALLOW))


def _publish(client: Client, **told: object) -> str:
    draft, newest = drafts.current(), versions.latest()
    sent = {"seen": draft.revision if draft else 0, "over": newest.number if newest else 0, **told}
    answer = client.post("/politique/brouillon/publier/", sent, follow=True)
    return " ".join(unescape(answer.content.decode()).split())


def _draft(*professions: str) -> None:
    drafts.replace(with_professions(PRUDENT, professions), _seen(), None)


def _seen() -> int:
    draft = drafts.current()
    return draft.revision if draft else 0


def test_a_draft_is_published_with_its_reason(pilot: Client, read: Read) -> None:
    _draft("notaire")
    assert "y sont désormais bloqués." in read("/politique/brouillon/publier/")
    page = _publish(pilot, reason="Nous sommes une étude")
    assert "Version 1 publiée" in page
    assert "Nous sommes une étude" in page
    assert "par pilot@entreprise.example" in page
    assert "Les données financières, masquées jusqu'ici pour un service grand public" in page
    assert "version 1" in read("/politique/")
    assert "Nous sommes une étude" in read("/politique/")


def test_without_a_reason_nothing_is_published(pilot: Client) -> None:
    _draft("notaire")
    page = _publish(pilot, reason="")
    assert "Ce champ est obligatoire" in page
    assert versions.latest() is None
    assert drafts.current() is not None


def test_letting_secrets_out_asks_for_a_confirmation_of_its_own(pilot: Client, read: Read) -> None:
    drafts.replace(LEAKING, 0, None)
    page = read("/politique/brouillon/publier/")
    assert "Attention : des données sensibles pourront sortir" in page
    assert "Publier malgré tout" in page
    _publish(pilot, reason="Pour nos essais")
    assert versions.latest() is None
    assert "Ouverture confirmée : Machine isolée" in _publish(
        pilot, reason="Pour nos essais", openness="Machine isolée"
    )


def test_nothing_is_published_over_what_was_not_compared(pilot: Client) -> None:
    _draft("notaire")
    versions.publish(Policy.load("strict").document, None, "Entre-temps", over=0)
    for told in ({"over": 0}, {"over": "x"}, {"seen": 0}):
        page = _publish(pilot, reason="Nous sommes une étude", **told)
        assert "a changé entre-temps" in page
    newest = versions.latest()
    assert newest is not None
    assert newest.number == 1


def test_without_a_draft_there_is_nothing_to_publish(pilot: Client) -> None:
    assert "pas de brouillon" in _publish(pilot, reason="Pour voir")


def test_two_versions_are_compared_both_ways(pilot: Client, read: Read) -> None:
    versions.publish(with_professions(PRUDENT, ["notaire"]), None, "Étude", over=0)
    versions.publish(PRUDENT, None, "Plus d'étude", over=1)
    sentence = (
        "Les données financières, bloquées jusqu'ici pour un service grand public, y sont désormais masquées."
    )
    for told, heading in (({}, "plus souple"), ({"de": "1", "a": "2"}, "plus souple")):
        page = read("/politique/versions/", **told)
        assert sentence in page
        assert heading in page
    page = read("/politique/versions/", de="2", a="1")
    assert sentence not in page
    assert "plus strict" in page
    assert "Rien ne change" in read("/politique/versions/", de="0", a="2")
    for told in ({"de": "99"}, {"de": "-1"}, {"a": "x"}, {"de": "9" * 30}):
        assert "Versions de la politique" in read("/politique/versions/", **told)


def test_an_earlier_version_comes_back_as_a_new_one(pilot: Client, read: Read) -> None:
    versions.publish(with_professions(PRUDENT, ["notaire"]), None, "Étude", over=0)
    versions.publish(PRUDENT, None, "Plus d'étude", over=1)
    answer = pilot.post("/politique/versions/1/reprendre/", {"seen": 0}, follow=True)
    assert "Ce brouillon reprend la version 1" in answer.content.decode()
    assert versions.in_force().document == PRUDENT
    page = _publish(pilot, reason="Nous le redevenons")
    assert "Reprend la version 1." in page
    assert versions.in_force().document.professions == ("notaire",)
    assert PolicyVersion.objects.count() == 3
    assert pilot.post("/politique/versions/9/reprendre/", {"seen": 0}).status_code == 404


def test_a_draft_in_progress_is_not_replaced_unseen(pilot: Client) -> None:
    versions.publish(with_professions(PRUDENT, ["notaire"]), None, "Étude", over=0)
    _draft("avocat")
    pilot.post("/politique/versions/1/reprendre/", {"seen": 0})
    assert drafts.document_of(drafts.current()).professions == ("avocat",)


def test_every_policy_is_exported_as_a_file_that_reads_back(pilot: Client) -> None:
    versions.publish(with_professions(PRUDENT, ["notaire"]), None, "Étude", over=0)
    _draft("avocat")
    for url, professions in (
        ("/politique/export.yaml", ("notaire",)),
        ("/politique/versions/1/export.yaml", ("notaire",)),
        ("/politique/brouillon/export.yaml", ("avocat",)),
    ):
        answer = pilot.get(url)
        assert answer["Content-Type"] == "application/yaml; charset=utf-8"
        assert answer["Content-Disposition"].startswith('attachment; filename="politique-egide-')
        assert drafts.imported(answer.content).professions == professions


def test_a_damaged_version_stays_in_the_list_and_cannot_be_taken_up(pilot: Client) -> None:
    versions.publish(with_professions(PRUDENT, ["notaire"]), None, "Étude", over=0)
    versions.publish(PRUDENT, None, "Plus d'étude", over=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policyversion SET text = 'x' WHERE number = 1")
    page = pilot.get("/politique/versions/", {"de": "0", "a": "2"}).content.decode()
    assert "Étude" in page
    assert "Abîmée" in page
    for url in ("/politique/versions/1/", "/politique/versions/1/export.yaml"):
        assert pilot.get(url).status_code == 404
    assert pilot.post("/politique/versions/1/reprendre/", {"seen": 0}).status_code == 404
    assert "ne peut pas être comparée" in pilot.get("/politique/versions/").content.decode()


def test_a_policy_that_cannot_be_read_is_told_on_every_page(pilot: Client) -> None:
    versions.publish(with_professions(PRUDENT, ["notaire"]), None, "Étude", over=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policyversion SET text = 'x'")
    for url in (
        "/politique/",
        "/politique/export.yaml",
        "/politique/brouillon/",
        "/politique/brouillon/metiers/",
        "/politique/brouillon/regle/",
        "/politique/brouillon/export.yaml",
        "/mes-regles/",
    ):
        answer = pilot.get(url)
        assert answer.status_code == 503
        assert "EG-6134" in answer.content.decode()
    assert pilot.get("/politique/versions/").status_code == 200


@pytest.mark.parametrize("url", ["/politique/versions/", "/politique/versions/1/", "/politique/export.yaml"])
def test_collaborators_read_no_version(url: str, browser: Callable[..., Client]) -> None:
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    assert browser(Role.COLLABORATOR).get(url).status_code == 403
    assert browser(Role.COLLABORATOR).post("/politique/versions/1/reprendre/", {"seen": 0}).status_code == 403
    assert drafts.current() is None


def test_the_list_asks_as_much_of_the_database_however_long(pilot: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert pilot.get("/politique/versions/").status_code == 200
        return len(queries)

    for number, name in enumerate(("strict", "open")):
        versions.publish(Policy.load(name).document, None, "Essai", over=number, openness="Essai")
    before = asked()
    for number in range(2, 8):
        name = ("strict", "open")[number % 2]
        versions.publish(Policy.load(name).document, None, "Essai", over=number, openness="Essai")
    assert asked() == before
    assert yaml.safe_load(pilot.get("/politique/export.yaml").content)["name"] == "open"
