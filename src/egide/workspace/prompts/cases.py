"""Saved cases of a prompt, each person's own, with what became of their trials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue, own, sealing
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.judging import Verdict
from egide.workspace.prompts.models import Case, Trial

MOST: Final = 10
"""Cases of one person for one prompt: all may be tried at a click."""
KEPT: Final = 3
"""Trials of a case that are kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A case, in clear."""

    id: UUID
    name: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    must: tuple[str, ...] = field(repr=False)
    must_not: tuple[str, ...] = field(repr=False)


def content(reader: User, ref: str) -> Content:
    """What is tried: one's own draft, or else the prompt as everybody reads it. Raises EG-6471."""
    try:
        return sealing.open_draft(own.draft(reader, ref))
    except WorkspaceError:
        return catalogue.find(reader, ref).content


@transaction.atomic
def save(
    owner: User,
    ref: str,
    name: str,
    values: Mapping[str, str],
    must: tuple[str, ...],
    must_not: tuple[str, ...],
    now: datetime,
) -> Case:
    """A new case. Raises WorkspaceError EG-6480."""
    if Case.objects.filter(owner=owner, ref=ref).count() >= MOST:
        raise WorkspaceError("EG-6480", limit=MOST)
    row = Case(owner=owner, ref=ref, changed_at=now)
    told = {"name": name, "values": dict(values), "must": list(must), "must_not": list(must_not)}
    row.sealed = sealing.seal_case(row, told)
    row.save(force_insert=True)
    return row


def mine(owner: User, ref: str) -> list[Case]:
    """The cases of this person for this prompt, with their trials."""
    rows = Case.objects.filter(owner=owner, ref=ref).select_related("owner")
    return list(rows.prefetch_related("trials"))


def find(owner: User, ref: str, case: UUID) -> Case:
    """A case of this person. Raises WorkspaceError EG-6479."""
    row = Case.objects.filter(owner=owner, ref=ref, pk=case).select_related("owner").first()
    if row is None:
        raise WorkspaceError("EG-6479")
    return row


def opened(row: Case) -> Saved:
    """The case, in clear."""
    told = sealing.open_case(row)
    return Saved(row.id, told["name"], told["values"], tuple(told["must"]), tuple(told["must_not"]))


@transaction.atomic
def keep(
    case: Case, provider: str, model: str, verdict: Verdict | None, code: str, answer: str, now: datetime
) -> None:
    """What became of a trial, unless the case was deleted meanwhile; the oldest ones are forgotten."""
    if not Case.objects.filter(pk=case.pk).update(changed_at=now):
        return
    row = Trial(case=case, provider=provider, model=model, code=code, at=now)
    row.passed = verdict is not None and verdict.passed
    if verdict is not None:
        row.wanted, row.absent, row.unwanted = verdict.wanted, verdict.absent, verdict.unwanted
    row.sealed_answer = sealing.seal_answer(row, answer)
    row.save(force_insert=True)
    old = list(Trial.objects.filter(case=case).values_list("pk", flat=True)[KEPT:])
    Trial.objects.filter(pk__in=old).delete()


def purge(now: datetime) -> int:
    """Forget the cases that nothing happened to for the retention period. How many there were."""
    limit = now - timedelta(days=configuration.current().history_days)
    return Case.objects.filter(changed_at__lt=limit).delete()[1].get("prompts.Case", 0)
