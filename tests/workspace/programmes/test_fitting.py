from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from egide.workspace import setup

setup.start()

from tests.workspace.programmes.conftest import STALE_AFTER, TODAY, programme  # noqa: E402

from egide.workspace.programmes.entries import Entry  # noqa: E402
from egide.workspace.programmes.fitting import Band, fit, ranked  # noqa: E402
from egide.workspace.programmes.models import Review  # noqa: E402
from egide.workspace.programmes.profile import Profile  # noqa: E402

BRETON = Profile(14, "Bretagne", "6201Z", "avocat")
UNKNOWN = Profile()


def _entry(**told: Any) -> Entry:
    return Entry(programme(**told), TODAY, STALE_AFTER)


def _said(entry: Entry, profile: Profile) -> list[tuple[str, str]]:
    return [(reason.answer.value, reason.text) for reason in fit(entry, profile).reasons]


@pytest.mark.parametrize(
    ("asked", "profile", "expected"),
    [
        ({}, BRETON, ("yes", "toute la France")),
        ({"region": "Bretagne"}, BRETON, ("yes", "votre région (Bretagne)")),
        ({"region": "Corse"}, BRETON, ("no", "réservé à la région Corse : la vôtre est Bretagne")),
        (
            {"region": "Corse"},
            UNKNOWN,
            ("unknown", "réservé à la région Corse : la vôtre n'est pas indiquée"),
        ),
        ({"region": "selon la région"}, BRETON, ("unknown", "selon la région : à vérifier pour la vôtre")),
        (
            {"min_staff": 10, "max_staff": 2000},
            BRETON,
            ("yes", "10 à 2\u202f000 salariés : vous en avez 14"),
        ),
        ({"min_staff": 10, "max_staff": 14}, BRETON, ("yes", "10 à 14 salariés : vous en avez 14")),
        ({"min_staff": 15}, BRETON, ("no", "15 salariés au moins : vous en avez 14")),
        ({"max_staff": 9}, BRETON, ("no", "9 salariés au plus : vous en avez 14")),
        ({"max_staff": 9}, Profile(0), ("yes", "9 salariés au plus : vous en avez 0")),
        ({"max_staff": 9}, UNKNOWN, ("unknown", "9 salariés au plus : votre effectif n'est pas indiqué")),
        (
            {"sizes": ["TPE", "PME"]},
            BRETON,
            ("yes", "pour TPE et PME : vous êtes une PME d'après votre effectif (14)"),
        ),
        (
            {"sizes": ["PME", "ETI"]},
            Profile(9),
            ("no", "pour PME et ETI : vous êtes une TPE d'après votre effectif (9)"),
        ),
        (
            {"sizes": ["TPE", "PME"]},
            Profile(250),
            ("no", "pour TPE et PME : vous êtes une ETI d'après votre effectif (250)"),
        ),
        ({"sizes": ["TPE"]}, UNKNOWN, ("unknown", "pour TPE : votre effectif n'est pas indiqué")),
        ({"naf": ["62", "63.11Z"]}, BRETON, ("yes", "votre activité (NAF 62.01Z)")),
        ({"naf": ["62.02A"]}, BRETON, ("no", "activités NAF 62.02A : la vôtre est 62.01Z")),
        ({"naf": ["62"]}, UNKNOWN, ("unknown", "activités NAF 62 : votre code n'est pas indiqué")),
        (
            {"sectors": "développeurs d'IA"},
            BRETON,
            ("unknown", "réservé à : développeurs d'IA ; à vérifier pour votre activité (code NAF 62.01Z)"),
        ),
    ],
)
def test_each_reason_is_written_out(
    asked: dict[str, Any], profile: Profile, expected: tuple[str, str]
) -> None:
    assert expected in _said(_entry(eligibility=asked), profile)


def test_the_profession_is_named() -> None:
    entry = _entry(eligibility={"professions": ["avocat"]})
    assert ("yes", "votre profession (Avocat)") in _said(entry, BRETON)
    assert any(
        answer == "unknown" and "votre profession n'est pas" in text for answer, text in _said(entry, UNKNOWN)
    )
    assert fit(entry, Profile(profession="notaire")).band is Band.OFF


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"status": "open"}, ("yes", "ouvert à la date de la source")),
        ({"status": "closed"}, ("no", "non ouvert à la date de la source")),
        ({"status": "unknown"}, ("unknown", "état non établi : demandez à l'organisme")),
        ({"closes_on": "2026-11-28"}, ("no", "la date limite du 28 novembre 2026 est passée")),
    ],
)
def test_the_state_counts(told: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in _said(_entry(**told), BRETON)


def test_the_last_day_is_not_past() -> None:
    assert fit(_entry(closes_on="2026-11-29"), BRETON).band is Band.SUITS


def test_what_the_company_read_again_counts_before_the_source() -> None:
    read = Review(programme="osez-ia", status="closed", closes_on=None, on=date(2026, 11, 20))
    entry = Entry(programme(), TODAY, STALE_AFTER, read)
    assert ("no", "non ouvert lors de votre relecture") in _said(entry, BRETON)


def test_the_best_comes_first_and_nothing_is_left_out() -> None:
    far = _entry(id="far", eligibility={"region": "Corse"})
    doubtful = _entry(id="doubtful", status="unknown")
    all_france = _entry(id="france", name="Aide")
    ours = _entry(id="ours", name="Zone", eligibility={"region": "Bretagne"})
    order = [one.entry.id for one in ranked([far, doubtful, all_france, ours], BRETON)]
    assert order == ["ours", "france", "doubtful", "far"]
    bands = [one.band for one in ranked([far, doubtful, all_france, ours], BRETON)]
    assert bands == [Band.SUITS, Band.SUITS, Band.CHECK, Band.OFF]


def test_a_company_that_tells_nothing_is_refused_nothing() -> None:
    asked: list[dict[str, Any]] = [{"region": "Corse"}, {"max_staff": 9}, {"naf": ["62"]}, {"sizes": ["TPE"]}]
    assert {fit(_entry(eligibility=one), UNKNOWN).band for one in asked} == {Band.CHECK}


def test_fewer_doubts_come_before_more() -> None:
    one = _entry(id="one", name="Z", eligibility={"region": "Corse"})
    two = _entry(id="two", name="A", eligibility={"region": "Corse", "max_staff": 9})
    assert [found.entry.id for found in ranked([two, one], UNKNOWN)] == ["one", "two"]
