from __future__ import annotations

from collections.abc import Callable
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Action, Policy, Role, Trust
from egide.policy.editing import Target, with_line, with_professions
from egide.workspace.policies import versions
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages

PRUDENT = Policy.default().document


def _page(client: Client) -> str:
    return " ".join(unescape(client.get("/mes-regles/").content.decode()).split())


def test_a_collaborator_reads_the_policy_in_force(browser: Callable[..., Client]) -> None:
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    page = _page(browser(Role.COLLABORATOR))
    assert PRUDENT.summary in page
    assert "Les coordonnées bancaires sont masquées." in page
    assert "Les mots de passe, clés et codes sont bloqués." in page
    assert page.count('<details class="eg-fold" open>') == 1
    assert "politique/brouillon" not in page


def test_a_published_version_and_its_profession_are_told(browser: Callable[..., Client]) -> None:
    versions.publish(with_professions(PRUDENT, ["avocat"]), None, "Cabinet", over=0)
    page = _page(browser(Role.COLLABORATOR))
    assert "Version 1, en vigueur depuis" in page
    assert "Rendue plus stricte pour : Avocat." in page
    assert "Les noms de personnes, les noms d'organisations et les dates de naissance sont bloqués" in page
    assert "Cabinet" not in page


def test_each_role_and_usage_reads_what_is_its_own(browser: Callable[..., Client]) -> None:
    usages.add("Devis")
    blocked = dict.fromkeys(Trust, Action.BLOCK)
    document = with_line(PRUDENT, Target("class", "banking"), blocked, [], [Role.PILOT])
    document = with_line(document, Target("class", "contact"), blocked, ["devis"])
    versions.publish(document, None, "Essai", over=0)
    said = "Les coordonnées bancaires sont bloquées."
    assert said in _page(browser(Role.PILOT))
    page = _page(browser(Role.COLLABORATOR))
    assert said not in page
    assert "Pour l'usage « Devis »" in page
    assert "Les coordonnées sont bloquées." in page


def test_the_page_asks_as_much_of_the_database_however_many_usages(browser: Callable[..., Client]) -> None:
    client = browser(Role.COLLABORATOR)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/mes-regles/")
        return len(queries)

    usages.add("Devis")
    before = asked()
    for number in range(8):
        usages.add(f"Usage {number}")
    assert asked() == before
