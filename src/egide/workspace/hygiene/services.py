"""Starts and closes a campaign, takes each person's answers, and counts them.

Counts are given once the campaign is closed, as ``small_groups`` allows: while it runs, two looks at them
would tell what the person who answered in between said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.reference.hygiene import Check, hygiene
from egide.workspace.accounts.models import User
from egide.workspace.actions import services as actions
from egide.workspace.actions.models import Action, Origin
from egide.workspace.hygiene.models import Answer, Campaign, Said, State
from egide.workspace.small_groups import mostly

TIME_TO_ACT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers to one point. ``before``: the share of yes, in percent, in the previous campaign, where it
    may be told."""

    check: Check
    yes: int
    no: int
    unknown: int
    before: int | None

    @property
    def answered(self) -> int:
        """How many people answered."""
        return self.yes + self.no + self.unknown

    @property
    def told(self) -> bool:
        """Whether the counts may be shown."""
        return mostly(self.yes, self.answered) is True

    @property
    def low(self) -> bool:
        """Whether all that may be said is that less than half said yes."""
        return mostly(self.yes, self.answered) is False

    @property
    def share(self) -> int | None:
        """The share of yes, in percent, where it may be told."""
        return share(self.yes, self.answered)

    @property
    def moved(self) -> int | None:
        """How many points the share moved."""
        return None if self.share is None or self.before is None else self.share - self.before


def share(yes: int, answered: int) -> int | None:
    """The share of yes, in percent; none when it may not be told."""
    return int(100 * yes / answered + 0.5) if mostly(yes, answered) else None


def start(themes: Collection[str], ends_on: date, by: User) -> Campaign:
    """Ask about the points of these themes. Raises WorkspaceError EG-6497 when one runs already."""
    checks = [one.id for one in hygiene().checks if one.theme in themes]
    try:
        with transaction.atomic():
            return Campaign.objects.create(checks=checks, ends_on=ends_on, by=by)
    except IntegrityError:
        raise WorkspaceError("EG-6497") from None


def running() -> Campaign | None:
    """The campaign in progress."""
    return Campaign.objects.filter(state=State.OPEN).first()


def checks_of(campaign: Campaign) -> list[Check]:
    """The points that it asks about and that the file still has."""
    return [one for one in hygiene().checks if one.id in campaign.checks]


@transaction.atomic
def answer(campaign: int, check: str, said: str, person: User) -> Action | None:
    """Keep the person's answer; the action that it opens or leaves running, if there is one.

    Raises WorkspaceError EG-6495 (closed) or EG-6496 (no such point or answer).
    """
    found = Campaign.objects.select_for_update().filter(pk=campaign, state=State.OPEN).first()
    if found is None:
        raise WorkspaceError("EG-6495")
    if said not in Said.values or check not in {one.id for one in checks_of(found)}:
        raise WorkspaceError("EG-6496")
    Answer.objects.update_or_create(
        campaign=found, person=person, check_id=check, defaults={"said": said, "at": timezone.now()}
    )
    if said == Said.YES:
        return actions.settle_own(Origin.HYGIENE, check, person)
    return actions.open_own(Origin.HYGIENE, check, person, timezone.localdate() + TIME_TO_ACT)


def answers_of(campaign: Campaign, person: User) -> dict[str, str]:
    """What this person answered."""
    return dict(campaign.answers.filter(person=person).values_list("check_id", "said"))


def missing(person: User) -> int:
    """How many points of the campaign in progress this person has not answered."""
    campaign = running()
    if campaign is None:
        return 0
    return len({one.id for one in checks_of(campaign)} - set(answers_of(campaign, person)))


def unfinished(campaign: Campaign) -> QuerySet[User]:
    """Active people who have not answered every point."""
    asked = [one.id for one in checks_of(campaign)]
    answers = campaign.answers.filter(person__isnull=False)
    if len(asked) < len(campaign.checks):  # to what the file no longer has, answers do not count
        answers = answers.filter(check_id__in=asked)
    done = answers.values("person").annotate(given=Count("pk")).filter(given__gte=len(asked)).values("person")
    return User.objects.filter(is_active=True).exclude(pk__in=done)


@transaction.atomic
def close(campaign: int) -> None:
    """Nothing of it changes any more. Raises WorkspaceError EG-6495."""
    found = Campaign.objects.select_for_update().filter(pk=campaign, state=State.OPEN).first()
    if found is None:
        raise WorkspaceError("EG-6495")
    found.state, found.closed_at = State.CLOSED, timezone.now()
    found.invited = User.objects.filter(is_active=True).count()
    found.counts = count(found)
    found.save()


def previous(campaign: Campaign) -> Campaign | None:
    """The last campaign that was closed before this one began."""
    return Campaign.objects.filter(state=State.CLOSED, started_at__lt=campaign.started_at).first()


def counted(campaign: Campaign) -> list[Counted]:
    """The counts by point of a closed campaign, beside the previous one. None for one that still runs."""
    if campaign.is_open:
        return []
    now, earlier = _kept(campaign), previous(campaign)
    old = _kept(earlier) if earlier else Counter()
    lines = []
    for check in checks_of(campaign):
        yes, no, unknown = (now[check.id, said] for said in Said.values)
        before = share(old[check.id, Said.YES], sum(old[check.id, said] for said in Said.values))
        lines.append(Counted(check, yes, no, unknown, before))
    return lines


@dataclass(frozen=True, slots=True)
class Trend:
    """One campaign as a whole: how many people answered; of ``counted`` points that enough people answered,
    how many reach half of yes. It says no more than the lines of the points do."""

    campaign: Campaign
    people: int
    counted: int
    reached: int


def trends() -> list[Trend]:
    """The campaigns, last first; nothing is counted while one runs."""
    told = []
    for one in Campaign.objects.select_related("by"):
        counts = count(one) if one.is_open else one.counts
        answered = {check: sum(given.values()) for check, given in counts.items()}
        # People who were removed are counted by the point that most of them answered.
        people = max(answered.values(), default=0)
        points = {} if one.is_open else counts
        half = [mostly(given.get(Said.YES, 0), answered[check]) for check, given in points.items()]
        told.append(Trend(one, people, len(half) - half.count(None), half.count(True)))
    return told


def count(campaign: Campaign) -> dict[str, dict[str, int]]:
    """By point, how many people gave each answer so far."""
    rows = campaign.answers.values_list("check_id", "said").annotate(given=Count("pk")).order_by()
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for check, said, given in rows:
        counts[check][said] = given
    return dict(counts)


def _kept(campaign: Campaign) -> Counter[tuple[str, str]]:
    """The counts of a closed campaign, by point and answer."""
    counts: dict[str, dict[str, int]] = campaign.counts
    return Counter({(check, said): given for check, point in counts.items() for said, given in point.items()})
