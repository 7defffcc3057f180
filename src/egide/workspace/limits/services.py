"""Reads and sets limits and prices, for the gateway and for the page."""

from __future__ import annotations

from decimal import Decimal

from egide import policy
from egide.policy.limits import Limit, Measure, Period, Price, Subject
from egide.workspace.limits import models
from egide.workspace.providers.models import Provider


def in_force() -> tuple[Limit, ...]:
    """Every limit as the gateway sees it."""
    return tuple(as_limit(one) for one in models.Limit.objects.all())


def as_limit(one: models.Limit) -> Limit:
    """One of them."""
    return Limit(Subject(one.subject), Measure(one.measure), Period(one.period), one.most, one.who)


def prices() -> dict[tuple[str, str], Price]:
    """By provider and model; an empty model stands for all those without a price of their own."""
    found = models.Price.objects.values_list("provider__slug", "input", "output")
    own = {
        (slug, model): Price(Decimal(given), Decimal(told))
        for slug, paid in Provider.objects.values_list("slug", "prices")
        for model, (given, told) in paid.items()
    }
    return {(slug, ""): Price(given, told) for slug, given, told in found} | own


def unpriced() -> list[str]:
    """Names of the active services with a model whose cost is unknown, while a limit speaks of costs.

    A service on the company's own machines bills nothing: it needs no price.
    """
    if not models.Limit.objects.filter(measure=Measure.COST).exists():
        return []
    priced = models.Price.objects.values("provider")
    billing = Provider.objects.filter(active=True).exclude(trust=policy.Trust.LOCAL).exclude(pk__in=priced)
    return [one.name for one in billing if not one.model_names or set(one.model_names) - one.prices.keys()]


def priced() -> list[tuple[Provider, models.Price | None]]:
    """Every provider with its price, if it has one."""
    kept = {price.pk: price for price in models.Price.objects.all()}
    return [(provider, kept.get(provider.pk)) for provider in Provider.objects.all()]


def set_price(provider: Provider, given: Decimal, told: Decimal) -> None:
    """Set the price of a provider."""
    models.Price.objects.update_or_create(provider=provider, defaults={"input": given, "output": told})
