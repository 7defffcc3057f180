from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.keys import services as keys
from egide.workspace.usages import services
from egide.workspace.usages.models import Change, State, Undeclared, Usage
from egide.workspace.usages.urls import urlpatterns

SOON = date(2100, 1, 1)


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


def test_the_default_usage_comes_first(db: None) -> None:
    services.add("Annonces")
    services.default()
    assert [usage.id for usage in services.available()] == ["assistance", "annonces"]


def test_an_identifier_is_made_from_the_name_and_is_unique(db: None) -> None:
    assert services.add("Réponses aux clients").slug == "reponses-aux-clients"
    with pytest.raises(WorkspaceError, match="EG-6012"):
        services.add("Réponses aux clients")


def test_a_usage_switched_off_is_not_offered(db: None) -> None:
    usage = services.add("Annonces")
    usage.active = False
    usage.save()
    assert services.available() == ()
    with pytest.raises(WorkspaceError, match="EG-6003"):
        services.find("annonces")


def test_no_usage_hides_a_page(db: None) -> None:
    first = {str(pattern.pattern).split("/")[0] for pattern in urlpatterns}
    pages = {one for one in first if one and "<" not in one and "." not in one}
    assert pages == services.RESERVED
    for name in services.RESERVED:
        assert services.add(name).slug == f"usage-{name}"


def test_what_is_only_proposed_is_not_usable(zoe: User, told: dict[str, Any]) -> None:
    usage = services.declare(told, zoe)
    assert services.available() == ()
    with pytest.raises(WorkspaceError, match="EG-6003"):
        services.find(usage.slug)
    with pytest.raises(WorkspaceError, match="EG-6003"):
        keys.create_key(zoe.email, usage=usage.slug)


def test_the_database_itself_refuses_an_active_proposal(zoe: User, told: dict[str, Any]) -> None:
    usage = services.declare(told, zoe)
    for state in (State.PROPOSED, State.RETURNED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Usage.objects.filter(pk=usage.pk).update(active=True, state=state)


def test_a_pilot_validates_and_the_gateway_knows_it(zoe: User, pilot: User, told: dict[str, Any]) -> None:
    usage = services.declare(told, zoe)
    assert services.waiting() == 1
    services.validate(usage.pk, pilot, SOON, read=services.last_change(usage))
    assert [one.id for one in services.available()] == ["devis"]
    usage.refresh_from_db()
    assert (usage.decided_by, usage.review_on, usage.declared_by) == (pilot, SOON, zoe)
    assert services.waiting() == 0
    with pytest.raises(WorkspaceError, match="EG-6532"):
        services.send_back(usage.pk, pilot, "Trop tard", read=services.last_change(usage))
    assert [one.event for one in usage.changes.all()] == ["validated", "declared"]


def test_sent_back_completed_then_validated(zoe: User, pilot: User, told: dict[str, Any]) -> None:
    usage = services.declare(told, zoe)
    services.send_back(usage.pk, pilot, " Qui relit ? ", read=services.last_change(usage))
    assert (services.waiting(), services.returned(zoe)) == (0, 1)
    changed = services.change(usage.pk, told | {"control": "Luc relit."}, zoe)
    assert (changed.state, changed.reason, services.waiting()) == (State.PROPOSED, "", 1)
    last = usage.changes.all()[0]
    assert last.before == {"control": "Celui qui envoie relit chaque prix."}
    assert [one.reason for one in usage.changes.all()] == ["", "Qui relit ?", ""]


def test_a_pilot_decides_only_of_what_they_read(zoe: User, pilot: User, told: dict[str, Any]) -> None:
    usage = services.declare(told, zoe)
    read = services.last_change(usage)
    services.change(usage.pk, told | {"data": ["health"]}, zoe)
    with pytest.raises(WorkspaceError, match="EG-6534"):
        services.validate(usage.pk, pilot, SOON, read=read)
    assert services.available() == ()


def test_changing_a_validated_usage_leaves_it_in_force(pilot: User, told: dict[str, Any]) -> None:
    usage = services.add("Devis", by=pilot)
    services.change(usage.pk, told, pilot)
    assert [one.id for one in services.available()] == ["devis"]
    services.change(usage.pk, told, pilot)
    assert Change.objects.filter(event="changed").count() == 1


def test_a_taken_name_tells_nothing_of_what_others_declared(
    zoe: User, person: Callable[..., User], told: dict[str, Any]
) -> None:
    first = services.declare(told, zoe)
    second = services.declare(told, person(email="luc@entreprise.example"))
    assert second.slug.startswith("devis-")
    assert (first.slug, second.state) == ("devis", State.PROPOSED)


def test_only_ones_own_unsettled_declaration_is_withdrawn(
    zoe: User, pilot: User, told: dict[str, Any]
) -> None:
    usage = services.declare(told, zoe)
    with pytest.raises(WorkspaceError, match="EG-6532"):
        services.withdraw(usage.pk, pilot)
    services.validate(usage.pk, pilot, SOON, read=services.last_change(usage))
    with pytest.raises(WorkspaceError, match="EG-6532"):
        services.withdraw(usage.pk, zoe)
    other = services.declare(told, zoe)
    services.withdraw(other.pk, zoe)
    assert Usage.objects.get() == usage


def test_a_script_does_not_fill_the_pilots_page(
    zoe: User, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_WAITING", 2)
    monkeypatch.setattr(services, "MOST_UNDECLARED", 1)
    services.declare(told, zoe)
    services.declare(told, zoe)
    with pytest.raises(WorkspaceError, match="EG-6531"):
        services.declare(told, zoe)
    services.tell_undeclared("Traducteur", "Courriels", ["none"])
    with pytest.raises(WorkspaceError, match="EG-6533"):
        services.tell_undeclared("Traducteur", "Courriels", ["none"])


def test_erasing_a_person_erases_their_drafts_and_their_name(
    zoe: User, pilot: User, told: dict[str, Any]
) -> None:
    kept = services.declare(told, zoe)
    services.validate(kept.pk, pilot, SOON, read=services.last_change(kept))
    services.declare(told | {"name": "Brouillon"}, zoe)
    zoe.delete()
    usage = Usage.objects.get()
    assert (usage.slug, usage.declared_by) == ("devis", None)
    assert [one.id for one in services.available()] == ["devis"]


def test_nothing_of_an_undeclared_tool_says_who(db: None) -> None:
    fields = {field.name for field in Undeclared._meta.get_fields()}
    assert fields == {"id", "tool", "purpose", "data", "day"}
    services.tell_undeclared("Traducteur", "Courriels", ["contact"])
    told = Undeclared.objects.get()
    assert told.id.version == 4
    assert type(told.day) is date


def test_of_two_pilots_who_take_the_same_telling_one_makes_a_usage(person: Callable[..., User]) -> None:
    pilot = person(Role.PILOT)
    services.tell_undeclared("Traducteur", "Traduire", [])
    seen = [Undeclared.objects.get() for _ in range(2)]
    assert seen[0].day.day == 1, "a month, no day"
    services.propose_undeclared(seen[0], pilot)
    with pytest.raises(WorkspaceError, match="EG-6532"):
        services.propose_undeclared(seen[1], pilot)
    assert Usage.objects.filter(tool="Traducteur").count() == 1
