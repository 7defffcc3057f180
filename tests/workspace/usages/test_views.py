from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from egide.policy import Role
from egide.workspace.usages import services
from egide.workspace.usages.models import Usage


def test_a_usage_is_declared_changed_and_switched_off(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    assert "Aucun usage" in client.get("/usages/").content.decode()
    assert (
        client.post("/usages/ajouter/", {"name": "Devis", "description": "Mise en forme"}).status_code == 302
    )
    assert [usage.id for usage in services.available()] == ["devis"]
    client.post("/usages/devis/", {"name": "Devis et factures", "description": ""})
    usage = Usage.objects.get()
    assert (usage.slug, usage.name, usage.active) == ("devis", "Devis et factures", False)


def test_the_same_name_twice_is_explained(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.post("/usages/ajouter/", {"name": "Devis"})
    page = client.post("/usages/ajouter/", {"name": "Devis"}).content.decode()
    assert "porte déjà" in page
