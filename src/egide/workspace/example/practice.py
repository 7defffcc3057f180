"""The campaigns, the self-diagnoses and the actions of the example."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from egide.reference.autodiagnostic import questionnaire
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.models import User
from egide.workspace.actions import services as actions
from egide.workspace.actions.models import Action, Origin
from egide.workspace.diagnosis import editions
from egide.workspace.diagnosis.models import Answer as Answered
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.models import State as Stage
from egide.workspace.example import notes
from egide.workspace.example.company import Example
from egide.workspace.hygiene.models import Answer, Campaign, State

People = dict[str, User]


def load(told: Example, people: People, pilot: User) -> None:
    """A campaign that is closed and one that runs; two self-diagnoses, and what is done about the last."""
    first = _campaign(pilot, days=70)
    _answers(first, told, people)
    first.state, first.closed_at = State.CLOSED, timezone.now() - timedelta(days=50)
    first.invited = len(people)
    first.save()
    if not Campaign.objects.filter(state=State.OPEN).exists():
        _answers(_campaign(pilot, days=6), told, dict(list(people.items())[:3]), shift=1)
    for days, one in zip((80, 9), told.diagnoses, strict=True):
        _diagnosis(one.level, one.answers, pilot, days)
    today = timezone.localdate()
    for act in told.actions:
        made = actions.open_shared(
            Origin.DIAGNOSIS, act.question, people[act.owner], today + timedelta(days=act.days)
        )
        if Action.objects.filter(pk=made.pk, owner=people[act.owner]).update(state=act.state):
            notes.keep(made)


def _campaign(pilot: User, *, days: int) -> Campaign:
    began = timezone.now() - timedelta(days=days)
    made = Campaign.objects.create(
        checks=[one.id for one in hygiene().checks],
        ends_on=timezone.localdate(began) + timedelta(days=20),
        by=pilot,
    )
    notes.keep(made)
    Campaign.objects.filter(pk=made.pk).update(started_at=began)
    made.refresh_from_db()
    return made


def _answers(campaign: Campaign, told: Example, people: People, shift: int = 0) -> None:
    at = campaign.started_at + timedelta(days=2)
    Answer.objects.bulk_create(
        Answer(
            campaign=campaign,
            person=people[one.email],
            check_id=check,
            said=one.hygiene[(place + shift) % len(one.hygiene)],
            at=at,
        )
        for one in told.people
        if one.hygiene and one.email in people
        for place, check in enumerate(campaign.checks)
    )


def _diagnosis(level: str, answers: dict[str, str], pilot: User, days: int) -> None:
    at = timezone.now() - timedelta(days=days)
    made = Diagnosis.objects.create(
        state=Stage.FINISHED, edition=editions.keep_current(), by=pilot, finished_at=at
    )
    notes.keep(made)
    Diagnosis.objects.filter(pk=made.pk).update(started_at=at, opinions_closed_at=at)
    Answered.objects.bulk_create(
        Answered(diagnosis=made, question=one.id, answer=answers.get(one.id, level), by=pilot, at=at)
        for one in questionnaire().questions
    )
