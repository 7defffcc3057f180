from __future__ import annotations

import ssl

import pytest

from egide.policy import Network, Provider, Trust
from egide.policy.network import address_of, context_of, headers_of

BASE = "https://nous.openai.azure.com"
DIALECT = {"authorization": "Bearer clé", "anthropic-version": "2023-06-01"}


def _provider(network: Network, key: str | None = "clé") -> Provider:
    return Provider("p", "P", "openai", BASE, Trust.CONTRACT, api_key=key, network=network)


def test_most_providers_are_reached_as_their_dialect_says() -> None:
    plain = _provider(Network())
    assert address_of(plain, f"{BASE}/chat/completions", "grand") == f"{BASE}/chat/completions"
    assert headers_of(plain, DIALECT) == DIALECT


def test_a_deployment_is_named_in_the_path() -> None:
    azure = _provider(Network(auth="api-key", deployments=True, api_version="2024-10-21"))
    assert (
        address_of(azure, f"{BASE}/chat/completions", "mon-grand")
        == f"{BASE}/openai/deployments/mon-grand/chat/completions?api-version=2024-10-21"
    )
    assert headers_of(azure, DIALECT) == {"api-key": "clé", "anthropic-version": "2023-06-01"}


@pytest.mark.parametrize("model", ["../../autre", "a/b", "a?b=c", "a#b", "a b"])
def test_no_model_leads_to_another_path(model: str) -> None:
    azure = _provider(Network(deployments=True, api_version="1&x=2"))
    address = address_of(azure, f"{BASE}/chat/completions", model)
    middle = address.removeprefix(f"{BASE}/openai/deployments/").removesuffix(
        "/chat/completions?api-version=1%26x%3D2"
    )
    assert not set(middle) & set("/?# ")


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        ("bearer", ("authorization", "Bearer clé")),
        ("x-api-key", ("x-api-key", "clé")),
        ("api-key", ("api-key", "clé")),
    ],
)
def test_the_key_is_in_one_header_only(auth: str, header: tuple[str, str]) -> None:
    given = {"Authorization": "Bearer clé", "X-Api-Key": "clé"}
    assert headers_of(_provider(Network(auth=auth)), given) == dict([header])  # type: ignore[arg-type]
    assert headers_of(_provider(Network(auth=auth), key=None), given) == {}  # type: ignore[arg-type]


def test_certificates_that_are_none_are_refused() -> None:
    with pytest.raises(ssl.SSLError):
        context_of("ceci n'est pas un certificat")


def test_the_secrets_of_a_network_are_not_shown() -> None:
    assert "mot" not in repr(Network(proxy_login="nom:mot", authority="mot"))


def test_an_address_that_speaks_of_no_model_has_no_deployment() -> None:
    azure = _provider(Network(deployments=True, api_version="2024-10-21"))
    assert address_of(azure, f"{BASE}/files", "") == f"{BASE}/openai/files?api-version=2024-10-21"
