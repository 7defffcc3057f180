from __future__ import annotations

from decimal import Decimal

from egide.policy.limits import Limit, Measure, Period, Price, Subject
from egide.workspace.directory import build
from egide.workspace.directory.models import Version
from egide.workspace.limits import models, services
from egide.workspace.providers import services as providers


def test_limits_and_prices_reach_the_gateway(db: None) -> None:
    provider = providers.add_provider("Ailleurs", "openai", "http://127.0.0.1:1/v1", "public")
    before = build.snapshot().version
    models.Limit.objects.create(subject="person", measure="requests", period="day", most=200)
    services.set_price(provider, Decimal("0.5"), Decimal("1.5"))
    snapshot = build.snapshot()
    assert snapshot.limits == (Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 200),)
    assert snapshot.prices == {("ailleurs", ""): Price(Decimal("0.5"), Decimal("1.5"))}
    assert Version.objects.get().number == before + 2


def test_none_by_default(db: None) -> None:
    assert (services.in_force(), services.prices()) == ((), {})


def test_a_service_without_a_price_is_told_when_a_limit_speaks_of_costs(db: None) -> None:
    outside = providers.add_provider("Ailleurs", "openai", "http://127.0.0.1:1/v1", "public")
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    assert services.unpriced() == []
    models.Limit.objects.create(subject="company", measure="cost", period="month", most=1)
    assert services.unpriced() == ["Ailleurs"]
    services.set_price(outside, Decimal(0), Decimal(0))
    assert services.unpriced() == []


def test_a_price_leaves_with_its_provider(db: None) -> None:
    provider = providers.add_provider("Ailleurs", "openai", "http://127.0.0.1:1/v1", "public")
    services.set_price(provider, Decimal(1), Decimal(2))
    provider.delete()
    assert services.prices() == {}
