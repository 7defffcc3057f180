"""Fills the workspace with what was chosen of the plan, all or nothing, and keeps how to take it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts as charter
from egide.workspace.charter import quick
from egide.workspace.company import services as company
from egide.workspace.diagnosis import services as diagnosis
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.models import State as Stage
from egide.workspace.notice import services as notice
from egide.workspace.notice.models import Details
from egide.workspace.policies import versions
from egide.workspace.programmes import services as programmes
from egide.workspace.prompts import marks
from egide.workspace.usages import services as usages
from egide.workspace.welcome.models import State, Welcome
from egide.workspace.welcome.plan import Plan, fields, plan, stamp

REASON = "Proposée au premier démarrage, d'après ce que l'entreprise a dit d'elle."


def current() -> Welcome | None:
    """What was answered, if anything was."""
    return Welcome.objects.filter(id=1).first()


def wanted() -> bool:
    """Whether a newcomer is to be asked: nobody was, and the company has said nothing of itself."""
    return current() is None and company.current().staff is None


def keep_answers(answers: dict[str, Any], by: User) -> None:
    """Note the answers, until they are applied. Raises WorkspaceError EG-6562 once they are."""
    _keep(State.ASKED, by, answers=answers)


def put_off(by: User) -> None:
    """Not now. Raises WorkspaceError EG-6562 when it was applied."""
    _keep(State.LATER, by)


@transaction.atomic
def fill(taken: Collection[str], by: User, *, read: str) -> None:
    """Apply these parts of the plan. Raises WorkspaceError EG-6562 when there is nothing to apply (any more),
    EG-6563 when the plan is not the one that was ``read``, or does not hold one of them."""
    found = Welcome.objects.select_for_update().filter(id=1, state=State.ASKED).first()
    if found is None:
        raise WorkspaceError("EG-6562")
    told = plan(found.answers, by)
    if read != stamp(found.answers, told) or not told.keys >= set(taken):
        raise WorkspaceError("EG-6563")
    found.made = _made(told, found.answers, set(taken), by)
    found.state, found.by, found.at = State.FILLED, by, timezone.now()
    found.save()


def _made(told: Plan, answers: dict[str, Any], taken: set[str], by: User) -> dict[str, Any]:
    """The charter and the diagnosis last: they are made from the rest."""
    made: dict[str, Any] = {}
    if "company" in taken:
        made["company"] = _company(answers)
    if "notice" in taken:
        details = notice.details()
        filled = {name: said for name in ("contact", "basis") if (said := getattr(told, name))}
        notice.add_details(filled.get("contact", details.contact), filled.get("basis", details.basis))
        made["notice"] = {"filled": list(filled), "after": digest(notice.details())}
    if "policy" in taken and told.policy is not None:
        newest = versions.latest()
        over = newest.number if newest else 0
        made["policy"] = versions.publish(told.policy.document, by, REASON, over=over).number
    made["usages"] = [
        usages.declare(one.answers, by).pk for one in told.usages if f"usage:{one.key}" in taken
    ]
    made["programmes"] = [
        programmes.follow(one.entry, programmes.Standing(), by).programme
        for one in told.programmes
        if f"programme:{one.entry.id}" in taken
    ]
    if "prompts" in taken:
        made["favourites"] = _favourites(told, by)
    if "charter" in taken:
        made["charter"] = _charter(by)
    if "diagnosis" in taken and not Diagnosis.objects.filter(state=Stage.OPEN).exists():
        made["diagnosis"] = diagnosis.start(by).pk
    return made


def digest(said: Details) -> str:
    """What the notice says, without the name that it may hold: a person may be erased."""
    return hashlib.sha256(json.dumps([said.contact, said.basis]).encode()).hexdigest()


def _company(answers: dict[str, Any]) -> dict[str, list[Any]]:
    """By field: what it was, what it is."""
    now, told = company.current(), fields(answers)
    changed = {name: [getattr(now, name), said] for name, said in told.items() if getattr(now, name) != said}
    for name, (_, said) in changed.items():
        setattr(now, name, said)
    now.save()
    return changed


def _favourites(told: Plan, by: User) -> list[str]:
    before = marks.favourites(by)
    new = [one.id for one in told.prompts if one.id not in before]
    for ref in new:
        marks.set_favourite(by, ref, wanted=True)
    return new


def _charter(by: User) -> dict[str, Any]:
    draft = charter.draft()
    before = {"values": draft.values, "left_out": draft.left_out, "answers": draft.answers}
    return {"before": before, "revision": quick.complete(by, timezone.localdate()).revision}


@transaction.atomic
def _keep(state: State, by: User, **fields: Any) -> None:
    found = Welcome.objects.get_or_create(id=1, defaults={"by": by})[0]
    found = Welcome.objects.select_for_update().get(pk=found.pk)
    if found.is_filled:
        raise WorkspaceError("EG-6562")
    for name, value in fields.items():
        setattr(found, name, value)
    found.state, found.by, found.at = state, by, timezone.now()
    found.save()
