"""Which provider answers, from the model that the request names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from egide.errors import GatewayError
from egide.journal.details import is_identifier
from egide.policy import Provider
from egide.ports import Snapshot

Kind = Literal["openai", "anthropic"]
_MOST_ALTERNATIVES: Final = 3


@dataclass(frozen=True, slots=True)
class Route:
    """The provider, and the name of the model there. ``declared``: the company listed this model."""

    provider: Provider
    model: str
    declared: bool


def route(snapshot: Snapshot, kind: Kind, model: str) -> Route:
    """The route of ``provider/model``, of a model that a provider lists, or of the first provider that
    lists none. Raises GatewayError EG-4007 (model) or EG-4012 (no provider of this kind)."""
    providers = [provider for provider in snapshot.providers if provider.kind == kind]
    if not providers:
        raise GatewayError("EG-4012")
    for provider in providers:
        if model in provider.models:
            return Route(provider, model, declared=True)
    name, _, rest = model.partition("/")
    named = next((p for p in providers if rest and name in (p.id, p.name)), None)
    chosen, wanted = (named, rest) if named else (providers[0], model)
    if wanted in chosen.models:
        return Route(chosen, wanted, declared=True)
    if chosen.models or not is_identifier(wanted):
        raise unknown(model)
    return Route(chosen, wanted, declared=False)


def alternatives(snapshot: Snapshot, way: Route) -> tuple[Route, ...]:
    """Where a request may go when its own provider does not answer, in the company's order of providers.

    Only where the pilot said that this very model may be replaced, and never to a less trusted provider
    unless accepted for this very pair. The policy is still to be decided there.
    """
    asked = way.provider
    return tuple(
        Route(other, fallback.to_model, declared=True)
        for other in snapshot.providers
        for fallback in snapshot.fallbacks
        if (fallback.provider, fallback.model) == (asked.id, way.model)
        and fallback.to_provider == other.id != asked.id
        and other.kind == asked.kind
        and (fallback.less_trusted or other.trust.rank >= asked.trust.rank)
    )[:_MOST_ALTERNATIVES]


def names(snapshot: Snapshot, kind: Kind) -> list[str]:
    """Every model that this kind of client may ask for, as ``provider/model``."""
    return [f"{p.id}/{model}" for p in snapshot.providers if p.kind == kind for model in p.models]


def known_model(snapshot: Snapshot, kind: Kind, model: str) -> str:
    """``model``, when a provider of this kind lists it. Raises GatewayError EG-4007."""
    known = names(snapshot, kind)
    if model and known and route(snapshot, kind, model).declared:
        return model
    raise unknown(model)


def provider_of(providers: Sequence[Provider], wanted: str) -> Provider:
    """The provider with this id. Raises GatewayError EG-4012."""
    for provider in providers:
        if provider.id == wanted:
            return provider
    raise GatewayError("EG-4012")


def unknown(model: str) -> GatewayError:
    """The refusal of a model; its name is repeated only if it looks like one."""
    return GatewayError("EG-4007", model=model if is_identifier(model) else "?")
