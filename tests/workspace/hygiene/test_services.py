from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egide.errors import WorkspaceError
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action, State
from egide.workspace.hygiene import services
from egide.workspace.hygiene.models import Answer, Campaign


def test_no_and_not_knowing_open_an_action_of_the_person_alone(campaign: Campaign, zoe: User) -> None:
    assert services.answer(campaign.pk, "mfa", "yes", zoe) is None
    made = services.answer(campaign.pk, "maj", "no", zoe)
    assert made is not None
    assert (made.owner, made.about, made.shared, made.reference) == (zoe, zoe, False, "maj")
    assert services.answer(campaign.pk, "maj", "unknown", zoe) == made
    assert services.answer(campaign.pk, "maj", "yes", zoe) is None
    made.refresh_from_db()
    assert made.state == State.DONE
    again = services.answer(campaign.pk, "maj", "no", zoe)
    assert again is not None
    assert again != made
    assert services.answers_of(campaign, zoe) == {"mfa": "yes", "maj": "no"}


@pytest.mark.parametrize(("check", "said"), [("inconnu", "yes"), ("mfa", "peut-être"), ("mfa", "")])
def test_only_what_is_asked_is_kept(campaign: Campaign, zoe: User, check: str, said: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        services.answer(campaign.pk, check, said, zoe)
    assert refused.value.code == "EG-6496"
    assert not Answer.objects.exists()


def test_a_campaign_asks_only_about_its_themes(pilot: User, zoe: User) -> None:
    campaign = services.start(["Mobilité"], date(2126, 1, 1), pilot)
    assert [one.id for one in services.checks_of(campaign)] == ["mobilite", "pro-perso"]
    assert services.missing(zoe) == 2
    with pytest.raises(WorkspaceError) as refused:
        services.answer(campaign.pk, "mfa", "yes", zoe)
    assert refused.value.code == "EG-6496"


def test_one_campaign_runs_at_a_time_and_a_closed_one_never_changes(
    campaign: Campaign, pilot: User, zoe: User
) -> None:
    with pytest.raises(WorkspaceError) as refused:
        services.start(["Mobilité"], date(2126, 1, 1), pilot)
    assert refused.value.code == "EG-6497"
    services.close(campaign.pk)
    changes: list[Callable[[], object]] = [
        lambda: services.answer(campaign.pk, "mfa", "yes", zoe),
        lambda: services.close(campaign.pk),
    ]
    for change in changes:
        with pytest.raises(WorkspaceError) as refused:
            change()
        assert refused.value.code == "EG-6495"
    assert services.start(["Mobilité"], date(2126, 1, 1), pilot) != campaign


def test_counts_wait_for_the_end_and_for_enough_people(campaign: Campaign, team: list[User]) -> None:
    for person, said in zip(team, ("yes", "no", "unknown", "yes"), strict=True):
        services.answer(campaign.pk, "mfa", said, person)
    for person in team[:2]:
        services.answer(campaign.pk, "maj", "yes", person)
    assert services.counted(campaign) == []
    assert services.trends()[0].share is None
    services.close(campaign.pk)
    campaign.refresh_from_db()
    lines = {one.check.id: one for one in services.counted(campaign)}
    assert (lines["mfa"].yes, lines["mfa"].no, lines["mfa"].unknown) == (2, 1, 1)
    assert (lines["mfa"].share, lines["mfa"].enough) == (50, True)
    assert (lines["maj"].share, lines["maj"].enough) == (None, False)
    assert (services.trends()[0].people, services.trends()[0].share) == (4, 67)
    assert campaign.invited == 5


def test_what_moved_since_the_previous_campaign(campaign: Campaign, team: list[User], pilot: User) -> None:
    for person in team:
        services.answer(campaign.pk, "mfa", "no", person)
    services.close(campaign.pk)
    second = services.start(hygiene().themes, date(2126, 1, 1), pilot)
    for person in team[:3]:
        services.answer(second.pk, "mfa", "yes", person)
    services.answer(second.pk, "mfa", "no", team[3])
    services.close(second.pk)
    second.refresh_from_db()
    moved = {one.check.id: one.moved for one in services.counted(second)}
    assert (moved["mfa"], moved["maj"]) == (75, None)


def test_who_has_not_finished(campaign: Campaign, team: list[User], pilot: User) -> None:
    for check in hygiene().checks:
        services.answer(campaign.pk, check.id, "yes", team[0])
    services.answer(campaign.pk, "mfa", "yes", team[1])
    team[2].is_active = False
    team[2].save()
    assert set(services.unfinished(campaign)) == {team[1], team[3], pilot}
    assert services.missing(team[0]) == 0
    assert services.missing(team[1]) == 29


def test_who_leaves_still_counts_without_a_name(campaign: Campaign, team: list[User]) -> None:
    for person in team:
        services.answer(campaign.pk, "mfa", "no", person)
    services.close(campaign.pk)
    campaign.refresh_from_db()
    team[0].delete()
    assert [one.no for one in services.counted(campaign) if one.check.id == "mfa"] == [4]
    assert Action.objects.count() == 3
    assert Answer.objects.filter(person=None).count() == 1


def test_a_closed_campaign_is_told_without_looking_at_its_answers(
    campaign: Campaign, team: list[User], pilot: User
) -> None:
    for person in team:
        services.answer(campaign.pk, "mfa", "yes", person)
    services.close(campaign.pk)
    services.answer(services.start(hygiene().themes, date(2126, 1, 1), pilot).pk, "mfa", "no", team[0])
    campaign.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        told = services.trends()
        lines = services.counted(campaign)
    assert [(one.people, one.share) for one in told] == [(1, None), (4, 100)]
    assert [one.yes for one in lines if one.check.id == "mfa"] == [4]
    # One of the campaigns, one of the answers to that which runs, one of the previous.
    assert len(asked) == 3


def test_campaigns_closed_before_their_counts_were_kept_get_them(
    campaign: Campaign, team: list[User], pilot: User
) -> None:
    for person, said in zip(team, ("yes", "no", "unknown", "yes"), strict=True):
        services.answer(campaign.pk, "mfa", said, person)
    services.close(campaign.pk)
    running = services.start(hygiene().themes, date(2126, 1, 1), pilot)
    services.answer(running.pk, "mfa", "no", team[0])
    Campaign.objects.update(counts={})
    import_module("egide.workspace.hygiene.migrations.0003_campaign_counts").keep(apps, None)
    campaign.refresh_from_db()
    running.refresh_from_db()
    assert campaign.counts == {"mfa": {"yes": 2, "no": 1, "unknown": 1}}
    assert running.counts == {}
