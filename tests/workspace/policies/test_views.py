from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from egide.policy import Policy, Role, Trust
from egide.workspace.policies import services
from egide.workspace.policies.models import Exemption, Term


def _page(client: Client) -> str:
    from html import unescape

    return unescape(client.get("/politique/").content.decode())


@pytest.mark.parametrize("trust", list(Trust))
def test_the_policy_is_told_in_french_for_each_trust(trust: Trust, browser: Callable[..., Client]) -> None:
    page = _page(browser(Role.PILOT))
    for sentence in Policy.default().sentences(trust):
        assert sentence in page


def test_choosing_another_policy_applies_at_once(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.post("/politique/choisir/", {"policy": "strict"})
    assert services.policy().name == "strict"
    assert Policy.load("strict").document.summary in _page(client)
    page = client.post("/politique/choisir/", {"policy": "inconnue"}, follow=True).content.decode()
    assert "existe pas" in page
    assert services.policy().name == "strict"


def test_a_term_is_added_and_taken_away(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.post("/politique/termes/", {"term-value": "Projet Chanterelle"})
    assert "Projet Chanterelle" in _page(client)
    client.post(f"/politique/termes/{Term.objects.get().pk}/retirer/")
    assert "Projet Chanterelle" not in _page(client)


def test_an_exemption_is_never_shown_again(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    answer = client.post("/politique/exceptions/", {"exemption-value": "Atelier Morvan"}, follow=True)
    assert "Exception ajoutée" in answer.content.decode()
    assert "Morvan" not in _page(client)
    client.post("/politique/exceptions/retirer/", {"forbid-value": "atelier morvan"})
    assert not Exemption.objects.exists()
    client.post("/politique/exceptions/", {"exemption-value": "Atelier Morvan"})
    client.post(f"/politique/exceptions/{Exemption.objects.get().pk}/retirer/")
    assert not Exemption.objects.exists()


def test_an_empty_value_is_refused(browser: Callable[..., Client]) -> None:
    page = browser(Role.PILOT).post("/politique/termes/", {"term-value": ""}, follow=True).content.decode()
    assert "Rien n" in page
    assert not Term.objects.exists()
