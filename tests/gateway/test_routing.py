from __future__ import annotations

import pytest

from egide.errors import GatewayError
from egide.gateway.routing import names, provider_of, route
from egide.policy import Policy, Provider, Trust
from egide.ports import Snapshot

FIXED = Provider("mistral", "Mistral AI", "openai", "http://a/v1", Trust.EUROPEAN, ("grand", "org/petit"))
OPEN = Provider("local", "Chez nous", "openai", "http://b/v1", Trust.LOCAL)
CLAUDE = Provider("anthropic", "Anthropic", "anthropic", "http://c", Trust.PUBLIC, ("fin",))


def snapshot(*providers: Provider) -> Snapshot:
    return Snapshot(1, "acme", Policy.default(), providers)


@pytest.mark.parametrize(
    ("model", "provider", "name"),
    [
        ("grand", "mistral", "grand"),
        ("mistral/grand", "mistral", "grand"),
        ("Mistral AI/grand", "mistral", "grand"),
        ("org/petit", "mistral", "org/petit"),
        ("mistral/org/petit", "mistral", "org/petit"),
        ("local/llama3:8b", "local", "llama3:8b"),
    ],
)
def test_models_find_their_provider(model: str, provider: str, name: str) -> None:
    found = route(snapshot(FIXED, OPEN, CLAUDE), "openai", model)
    assert (found.provider.id, found.model) == (provider, name)


def test_the_first_provider_takes_any_model_if_it_lists_none() -> None:
    assert route(snapshot(OPEN, FIXED), "openai", "llama3").provider is OPEN


@pytest.mark.parametrize("model", ["", "moyen", "fin", "anthropic/fin", "mistral/", "local/06 39 98 41 27"])
def test_an_unknown_model_is_refused(model: str) -> None:
    with pytest.raises(GatewayError) as refused:
        route(snapshot(FIXED, OPEN, CLAUDE), "openai", model)
    assert refused.value.code == "EG-4007"


def test_a_model_that_could_be_a_value_is_not_repeated() -> None:
    with pytest.raises(GatewayError) as refused:
        route(snapshot(FIXED), "openai", "06.39.98.41.27")
    assert "39" not in refused.value.message


def test_no_provider_of_this_kind() -> None:
    with pytest.raises(GatewayError) as refused:
        route(snapshot(CLAUDE), "openai", "grand")
    assert refused.value.code == "EG-4012"


def test_the_names_that_a_client_may_ask_for() -> None:
    assert names(snapshot(FIXED, OPEN, CLAUDE), "openai") == ["mistral/grand", "mistral/org/petit"]
    assert names(snapshot(FIXED, OPEN, CLAUDE), "anthropic") == ["anthropic/fin"]


def test_a_provider_by_its_id() -> None:
    assert provider_of((FIXED, OPEN), "local") is OPEN
    with pytest.raises(GatewayError):
        provider_of((FIXED,), "local")
