from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from tests.gateway.networking import authority

from egide.errors import PseudonymisationError, WorkspaceError
from egide.policy import Network, Trust
from egide.policy.limits import Price
from egide.workspace import wiring
from egide.workspace.limits import services as limits
from egide.workspace.providers import services
from egide.workspace.providers.models import Provider

KEY = "cle-de-fournisseur-0123456789"


def _add(name: str = "Mistral", **changes: str) -> Provider:
    told = {"kind": "openai", "base_url": "https://api.mistral.ai/v1", "trust": "european", "api_key": KEY}
    return services.add_provider(name, **{**told, **changes}, models=["petit", "grand", "petit"])


def test_a_provider_reaches_the_gateway_whole(db: None) -> None:
    _add("Mistral La Plateforme")
    (provider,) = services.in_force()
    assert provider.id == "mistral-la-plateforme"
    assert (provider.kind, provider.base_url) == ("openai", "https://api.mistral.ai/v1")
    assert (provider.trust, provider.models, provider.api_key) == (Trust.EUROPEAN, ("petit", "grand"), KEY)
    assert KEY not in repr(provider)


def test_the_key_is_encrypted_at_rest(db: None) -> None:
    _add()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM providers_provider")
        row = repr(cursor.fetchall())
    assert KEY not in row
    assert KEY.encode().hex() not in row


def test_a_key_does_not_open_for_another_address(db: None) -> None:
    provider = _add()
    Provider.objects.filter(pk=provider.pk).update(base_url="https://ailleurs.example/v1")
    with pytest.raises(PseudonymisationError):
        services.in_force()


def test_a_provider_switched_off_is_not_in_force(db: None) -> None:
    provider = _add()
    provider.active = False
    provider.save()
    assert services.in_force() == ()


def test_a_provider_may_have_no_key(db: None) -> None:
    assert services.key_of(_add(api_key="")) is None


@pytest.mark.parametrize("change", [{"proxy": "http://voleur.lan:3128"}, {"authority": "une autre"}])
def test_a_key_does_not_open_for_another_way(change: dict[str, str], tmp_path: Path, db: None) -> None:
    house = authority(tmp_path).pem
    network = Network(proxy="http://proxy.lan:3128", proxy_login="moi:mot", authority=house)
    provider = services.add_provider(
        "Maison", "openai", "https://ia.maison.example/v1", "contract", KEY, network=network
    )
    assert services.as_seen(provider).network == network
    assert services.key_of(provider) == KEY
    Provider.objects.filter(pk=provider.pk).update(**change)
    with pytest.raises(PseudonymisationError):
        services.in_force()


def test_a_key_sealed_before_there_were_ways_still_opens(db: None) -> None:
    provider = _add()
    old = f"providers/{provider.slug}/openai/https://api.mistral.ai/v1"
    provider.sealed_key = wiring.keyring().seal(KEY.encode(), old)
    assert services.key_of(provider) == KEY


def test_the_login_of_a_proxy_is_encrypted_and_leaves_with_it(db: None) -> None:
    network = Network(proxy="http://proxy.lan:3128", proxy_login="moi:mot-de-passe-4817")
    provider = services.add_provider("Maison", "openai", "https://a.example/v1", "public", network=network)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM providers_provider")
        assert "4817" not in repr(cursor.fetchall())
    provider.proxy = ""
    services.set_proxy_login(provider, services.proxy_login_of(provider) if provider.proxy else None)
    assert provider.sealed_proxy_login is None


@pytest.mark.parametrize(
    ("network", "code"),
    [
        (Network(proxy="https://proxy.lan"), "EG-6120"),
        (Network(authority="-----BEGIN CERTIFICATE-----"), "EG-6121"),
    ],
)
def test_a_way_that_is_wrong_is_refused(network: Network, code: str, db: None) -> None:
    with pytest.raises(WorkspaceError, match=code):
        services.add_provider("Maison", "openai", "https://a.example/v1", "public", network=network)
    assert not Provider.objects.exists()


def test_the_order_is_that_of_arrival_until_it_is_changed(db: None) -> None:
    for name in ("Un", "Deux", "Trois"):
        _add(name)
    assert [p.name for p in services.in_force()] == ["Un", "Deux", "Trois"]
    services.move(Provider.objects.get(name="Trois"), -1)
    services.move(Provider.objects.get(name="Un"), 1)
    assert [p.name for p in services.in_force()] == ["Trois", "Un", "Deux"]
    services.move(Provider.objects.get(name="Trois"), -1)
    services.move(Provider.objects.get(name="Deux"), 1)
    assert [p.name for p in services.in_force()] == ["Trois", "Un", "Deux"]


def test_prices_are_exact(db: None) -> None:
    provider = _add()
    services.set_prices(provider, {"petit": (Decimal("0.1"), Decimal("0.3"))})
    limits.set_price(provider, Decimal(1), Decimal(2))
    assert limits.prices() == {
        (provider.slug, "petit"): Price(Decimal("0.1"), Decimal("0.3")),
        (provider.slug, ""): Price(Decimal(1), Decimal(2)),
    }


def test_no_provider_hides_behind_a_page(db: None) -> None:
    assert _add("Ajouter").slug == "ajouter-ia"
    assert _add("Remplacements").slug == "remplacements-ia"


def test_two_providers_cannot_have_one_name(db: None) -> None:
    _add()
    for name in ("Mistral", "MISTRAL"):
        with pytest.raises(WorkspaceError, match="EG-6004"):
            _add(name)
    assert Provider.objects.count() == 1
