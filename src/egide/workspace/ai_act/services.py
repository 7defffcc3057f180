"""Answers, confirms and reads assessments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.reference.ai_act import ai_act
from egide.workspace.accounts.models import User
from egide.workspace.ai_act.models import Assessment, Fria
from egide.workspace.ai_act.record import record
from egide.workspace.ai_act.walk import ANSWERS, FRIA, Walk, walk, without_any
from egide.workspace.usages.models import Usage


def seen_by(person: User) -> QuerySet[Usage]:
    """The usages whose assessment a person may read and answer: all for a pilot, else those they declared."""
    return Usage.objects.all() if person.is_pilot else Usage.objects.filter(declared_by=person)


def version() -> str:
    """The version of the table."""
    return ai_act().meta.data_version


def open_one(usage: Usage) -> Assessment | None:
    """The one that nobody has confirmed yet."""
    return usage.assessments.filter(confirmed_at=None).select_related("answered_by").first()


def confirmed(usage: Usage) -> list[Assessment]:
    """Those confirmed, the latest first."""
    found = usage.assessments.exclude(confirmed_at=None).select_related("confirmed_by", "answered_by")
    return list(found.order_by("-confirmed_at", "-pk"))


def latest(usage: Usage) -> Assessment | None:
    """The open one, else the last that was confirmed."""
    return open_one(usage) or next(iter(confirmed(usage)), None)


def standing(usage: Usage) -> Assessment | None:
    """The last that was confirmed, which stands until a pilot confirms another; else the open one."""
    return next(iter(confirmed(usage)), None) or open_one(usage)


def walked(one: Assessment) -> Walk:
    """Its answers, walked over the table of today."""
    return walk(ai_act(), one.answers)


def stamp(answers: Mapping[str, str]) -> str:
    """What a pilot has read: these answers, with this table."""
    told = json.dumps([version(), dict(answers)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def answer(usage: Usage, question: str, said: str, by: User) -> Walk:
    """Keep an answer, and go on. Raises WorkspaceError EG-6601 when this is not asked, or not an answer."""
    one = _opened(usage, by)
    done = walked(one)
    asked = {step.question.id for step in done.steps if not step.question.computed}
    if done.next is not None:
        asked.add(done.next.id)
    if question not in asked or said not in ANSWERS:
        raise WorkspaceError("EG-6601")
    return _keep(one, {**one.answers, question: said}, by)


@transaction.atomic
def answer_none(usage: Usage, stage: str, by: User) -> Walk:
    """Say « no » to what a stage still asks. Raises WorkspaceError EG-6601 when it is not its turn."""
    one = _opened(usage, by)
    done = walked(one)
    if done.next is None or done.next.stage != stage:
        raise WorkspaceError("EG-6601")
    return _keep(one, without_any(ai_act(), stage, done.answers), by)


@transaction.atomic
def reopen(usage: Usage, by: User) -> Assessment:
    """Answer again, from the answers that were confirmed; the open one when there is."""
    return _opened(usage, by)


@transaction.atomic
def give_up(usage: Usage) -> None:
    """Forget what was not confirmed."""
    usage.assessments.filter(confirmed_at=None).delete()


@transaction.atomic
def confirm(usage: Usage, by: User, *, read: str) -> Assessment:
    """Keep the result of these answers, signed. One that was confirmed with another table is confirmed anew.

    Raises WorkspaceError EG-6602 when questions are left, EG-6603 when an answer is not known, EG-6604 when
    the answers are not those that were ``read``, EG-6605 when nothing waits.
    """
    one = _opened(usage, by, anew=False)
    done = walked(one)
    if done.next is not None:
        raise WorkspaceError("EG-6602")
    if done.unknown:
        raise WorkspaceError("EG-6603", count=len(done.unknown))
    if read != stamp(done.answers):
        raise WorkspaceError("EG-6604")
    one.answers, one.table, one.result = done.answers, version(), record(ai_act(), done)
    one.confirmed_by, one.confirmed_at = by, timezone.now()
    one.save()
    return one


def needs_fria(usage: Usage) -> bool:
    """Whether the result that stands says that article 27 asks for an assessment, as it was kept or as the
    table of today reads its answers."""
    one = standing(usage)
    if one is None:
        return False
    kept = {due["id"] for due in one.result.get("duties", ())}
    return FRIA in kept | {due.duty.id for due in walked(one).duties}


def keep_fria(usage: Usage, parts: Mapping[str, str], notified_on: date | None, by: User) -> Fria:
    """What is said of the risks for fundamental rights."""
    told: dict[str, Any] = {
        "parts": dict(parts),
        "notified_on": notified_on,
        "changed_by": by,
        "changed_at": timezone.now(),
    }
    return Fria.objects.update_or_create(usage=usage, defaults=told)[0]


def _opened(usage: Usage, by: User, *, anew: bool = True) -> Assessment:
    """The open one, or a new one from the answers confirmed. ``anew``: even if nothing asks for it."""
    Usage.objects.select_for_update().get(pk=usage.pk)
    one = open_one(usage)
    if one is not None:
        return one
    last = next(iter(confirmed(usage)), None)
    if not anew and (last is None or last.table == version()):
        raise WorkspaceError("EG-6605")
    answers = last.answers if last else {}
    return Assessment.objects.create(usage=usage, table=version(), answers=answers, answered_by=by)


def _keep(one: Assessment, answers: Mapping[str, str], by: User) -> Walk:
    one.answers, one.table = dict(answers), version()
    one.answered_by, one.answered_at = by, timezone.now()
    one.save()
    return walked(one)
