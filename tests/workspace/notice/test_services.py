from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.errors import WorkspaceError
from egide.settings import Settings
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.notice import services
from egide.workspace.notice.models import Reading
from egide.workspace.providers import services as providers

People = Callable[..., User]


def _text() -> str:
    shown = services.shown()
    return shown.introduction + " ".join(point for section in shown.sections for point in section.points)


def test_reading_is_kept_with_its_version(person: People) -> None:
    julie = person(informed=False)
    with pytest.raises(WorkspaceError, match="EG-6150"):
        services.require(julie)
    services.acknowledge(julie, services.version())
    services.acknowledge(julie, services.version())
    services.require(julie)
    (kept,) = Reading.objects.all()
    assert (kept.person, kept.version, kept.attested) == (julie, services.version(), False)


def test_another_version_is_not_acknowledged(person: People) -> None:
    julie = person(informed=False)
    with pytest.raises(WorkspaceError, match="EG-6152"):
        services.acknowledge(julie, "2020.1.1+j0.h90.v30")
    assert services.reading(julie) is None


@pytest.mark.parametrize("change", [{"journal_days": 365}, {"history_days": 91}, {"vault_days": 31}])
def test_a_retention_period_that_changes_is_read_again(
    change: dict[str, int], person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    julie = person()
    services.require(julie)
    other = Settings(**change)  # type: ignore[arg-type]
    monkeypatch.setattr(configuration, "current", lambda: other)
    with pytest.raises(WorkspaceError, match="EG-6150"):
        services.require(julie)
    assert str(next(iter(change.values()))) + " jours" in _text()
    assert list(services.uninformed()) == [julie]


def test_what_the_company_says_is_shown_and_asks_nobody_to_read_again(person: People) -> None:
    julie = person()
    assert _text().count(services.MISSING) == 2
    assert services.shown().incomplete
    services.add_details("la direction, droits@entreprise.example", "intérêt légitime")
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    assert services.MISSING not in _text()
    assert not services.shown().incomplete
    assert "droits@entreprise.example" in _text()
    assert "À ce jour : Maison." in _text()
    services.require(julie)


def test_who_was_informed_otherwise_is_noted_with_by_whom(person: People) -> None:
    julie, pilot = person(informed=False), person(email="anne@entreprise.example")
    services.attest(julie, pilot)
    services.attest(pilot, None)
    told = Reading.objects.get(person=julie)
    assert (told.attested, told.attested_by) == (True, pilot)
    assert not Reading.objects.get(person=pilot).attested, "a true reading is not replaced"
    services.require(julie)


def test_inactive_people_are_not_waited_for(person: People) -> None:
    person(informed=False, is_active=False)
    assert not services.uninformed().exists()
