from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.models import User
from egide.workspace.actions import services as actions
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


def _answered(campaign: Campaign, team: list[User], check: str, *said: str) -> None:
    for person, one in zip(team, said, strict=False):
        services.answer(campaign.pk, check, one, person)


def test_counts_wait_for_the_end_and_for_enough_people(campaign: Campaign, team: list[User]) -> None:
    _answered(campaign, team, "mfa", "yes", "no", "unknown", "yes", "yes", "no")
    _answered(campaign, team, "maj", "yes", "yes", "yes", "yes")
    assert services.counted(campaign) == []
    assert services.trends()[0].counted == 0
    services.close(campaign.pk)
    campaign.refresh_from_db()
    lines = {one.check.id: one for one in services.counted(campaign)}
    assert (lines["mfa"].yes, lines["mfa"].no, lines["mfa"].unknown) == (3, 2, 1)
    assert (lines["mfa"].share, lines["mfa"].told) == (50, True)
    assert (lines["maj"].share, lines["maj"].told, lines["maj"].low) == (None, False, False)
    trend = services.trends()[0]
    assert (trend.people, trend.counted, trend.reached) == (6, 1, 1)
    assert campaign.invited == 7


def test_a_group_that_all_said_no_looks_like_one_that_almost_half_said_yes(
    campaign: Campaign, team: list[User], browser: Callable[..., Client]
) -> None:
    _answered(campaign, team, "mfa", *["no"] * 6)
    _answered(campaign, team, "maj", "yes", "yes", "no", "unknown", "no", "no")
    _answered(campaign, team, "mobilite", *["yes"] * 6)
    services.close(campaign.pk)
    page = browser(Role.PILOT).get(f"/bonnes-pratiques/campagnes/{campaign.pk}/").content.decode()
    lines = {check: _row(page, check) for check in ("mfa", "maj", "mobilite")}
    assert lines["mfa"] == lines["maj"] == ["–", "–", "–", "moins de la moitié"]
    assert lines["mobilite"] == ["6", "0", "0", "100 %"]
    trend = services.trends()[0]
    assert (trend.counted, trend.reached) == (3, 1), "as much as the lines say, and no sum to subtract from"


def _row(page: str, check: str) -> list[str]:
    told = hygiene().check(check)
    assert told is not None
    row = unescape(page).split(told.text, 1)[1].split("</tr>")[0]
    return re.findall(r'<td class="eg-number"[^>]*>([^<]*)</td>', row)


def test_what_moved_since_the_previous_campaign(campaign: Campaign, team: list[User], pilot: User) -> None:
    _answered(campaign, team, "mfa", "yes", "yes", "yes", "no", "no", "no")
    _answered(campaign, team, "maj", *["no"] * 6)
    services.close(campaign.pk)
    second = services.start(hygiene().themes, date(2126, 1, 1), pilot)
    for check in ("mfa", "maj"):
        _answered(second, team, check, *["yes"] * 6)
    services.close(second.pk)
    second.refresh_from_db()
    moved = {one.check.id: one.moved for one in services.counted(second)}
    assert (moved["mfa"], moved["maj"]) == (50, None), "what was not told cannot be read from what moved"


def test_what_a_person_asked_help_for_is_not_settled_by_a_later_answer(
    campaign: Campaign, zoe: User, pilot: User
) -> None:
    shared = services.answer(campaign.pk, "mfa", "no", zoe)
    assert shared is not None
    actions.ask_for_help(shared.pk, zoe)
    services.close(campaign.pk)
    before = actions.visible_to(pilot).values().get()
    second = services.start(hygiene().themes, date(2126, 1, 1), pilot)
    for said in ("yes", "no", "unknown", "yes"):
        assert services.answer(second.pk, "mfa", said, zoe) == shared
        assert actions.visible_to(pilot).values().get() == before, "pilots see nothing of the answer"


def test_who_has_not_finished(campaign: Campaign, team: list[User], pilot: User) -> None:
    for check in hygiene().checks:
        services.answer(campaign.pk, check.id, "yes", team[0])
    services.answer(campaign.pk, "mfa", "yes", team[1])
    team[2].is_active = False
    team[2].save()
    assert set(services.unfinished(campaign)) == {team[1], *team[3:], pilot}
    assert services.missing(team[0]) == 0
    assert services.missing(team[1]) == 29


def test_who_leaves_still_counts_without_a_name(campaign: Campaign, team: list[User]) -> None:
    _answered(campaign, team, "mfa", "no", "yes", "yes", "yes", "no", "no")
    services.close(campaign.pk)
    campaign.refresh_from_db()
    team[0].delete()
    assert [one.no for one in services.counted(campaign) if one.check.id == "mfa"] == [3]
    assert Action.objects.count() == 2
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
    assert [(one.people, one.counted, one.reached) for one in told] == [(1, 0, 0), (6, 1, 1)]
    assert [one.yes for one in lines if one.check.id == "mfa"] == [6]
    # One of the campaigns, one of the answers to that which runs, one of the previous.
    assert len(asked) == 3


def test_campaigns_closed_before_their_counts_were_kept_get_them(
    campaign: Campaign, team: list[User], pilot: User
) -> None:
    for person, said in zip(team, ("yes", "no", "unknown", "yes", "no", "no"), strict=True):
        services.answer(campaign.pk, "mfa", said, person)
    services.close(campaign.pk)
    running = services.start(hygiene().themes, date(2126, 1, 1), pilot)
    services.answer(running.pk, "mfa", "no", team[0])
    Campaign.objects.update(counts={})
    import_module("egide.workspace.hygiene.migrations.0003_campaign_counts").keep(apps, None)
    campaign.refresh_from_db()
    running.refresh_from_db()
    assert campaign.counts == {"mfa": {"yes": 2, "no": 3, "unknown": 1}}
    assert running.counts == {}
