from __future__ import annotations

import pytest
from django.db import connection

from egide.errors import PseudonymisationError, WorkspaceError
from egide.policy import Trust
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


def test_two_providers_cannot_have_one_name(db: None) -> None:
    _add()
    for name in ("Mistral", "MISTRAL"):
        with pytest.raises(WorkspaceError, match="EG-6004"):
            _add(name)
    assert Provider.objects.count() == 1
