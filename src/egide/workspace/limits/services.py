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
    """By provider and model; here each provider has one, for all its models."""
    found = models.Price.objects.values_list("provider__slug", "input", "output")
    return {(slug, ""): Price(given, told) for slug, given, told in found}


def unpriced() -> list[str]:
    """Names of the active services whose cost is unknown, while a limit speaks of costs.

    A service on the company's own machines bills nothing: it needs no price.
    """
    if not models.Limit.objects.filter(measure=Measure.COST).exists():
        return []
    priced = models.Price.objects.values("provider")
    billing = Provider.objects.filter(active=True).exclude(trust=policy.Trust.LOCAL)
    return list(billing.exclude(pk__in=priced).values_list("name", flat=True))


def priced() -> list[tuple[Provider, models.Price | None]]:
    """Every provider with its price, if it has one."""
    kept = {price.pk: price for price in models.Price.objects.all()}
    return [(provider, kept.get(provider.pk)) for provider in Provider.objects.all()]


def set_price(provider: Provider, given: Decimal, told: Decimal) -> None:
    """Set the price of a provider."""
    models.Price.objects.update_or_create(provider=provider, defaults={"input": given, "output": told})
