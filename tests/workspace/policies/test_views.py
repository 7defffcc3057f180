from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from egide.policy import Policy, Role
from egide.workspace.policies import versions
from egide.workspace.policies.models import Exemption, Term


def _page(client: Client) -> str:
    from html import unescape

    return unescape(client.get("/politique/").content.decode())


def test_the_policy_in_force_is_told_as_sentences(browser: Callable[..., Client]) -> None:
    page = _page(browser(Role.PILOT))
    assert Policy.default().document.summary in page
    assert (
        "Les coordonnées bancaires sont masquées pour tous les services, sauf un service local, où elles sont"
        " lues en clair." in page
    )
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    assert "Les numéros de carte bancaire sont bloqués pour tous les services." in _page(browser(Role.PILOT))


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
