from __future__ import annotations

from datetime import timedelta

import pytest

from egide.ports import Health
from egide.reference.providers import plans, presets
from egide.workspace.providers import shown
from egide.workspace.providers.models import Provider


def test_what_is_known_grows_old() -> None:
    fresh = shown.known("mistral-eu", plans().review_by)
    old = shown.known("mistral-eu", plans().review_by + timedelta(days=1))
    assert fresh is not None
    assert old is not None
    assert (fresh.stale, old.stale) == (False, True)
    assert (fresh.country, fresh.signed) == ("France", "Européen, sous contrat")


@pytest.mark.parametrize("preset", presets())
def test_every_preset_can_be_shown(preset: str) -> None:
    known = shown.known(preset, plans().review_by)
    assert known is not None
    assert (known.plan is None) == (known.suggested == "")


def test_nothing_is_known_of_another_service() -> None:
    assert shown.known("autre", plans().review_by) is None


def test_every_preset_is_offered() -> None:
    assert [preset for _, group in shown.groups() for preset in group] == list(presets().values())


@pytest.mark.parametrize(
    ("health", "badge", "words"),
    [
        (Health("closed"), "", ""),
        (Health("closed", 1), "", "1 échec de suite"),
        (Health("open", 5, 12.4), "Au repos", "pendant 12 s"),
        (Health("half-open", 5), "À l'essai", "5 échecs de suite"),
    ],
)
def test_how_a_provider_answers(health: Health, badge: str, words: str) -> None:
    (row,) = shown.rows([Provider(slug="a")], {"a": health})
    assert row.badge == badge
    assert words in row.health
    assert (row.first, row.last) == (True, True)
