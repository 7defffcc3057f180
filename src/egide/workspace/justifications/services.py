"""Asks for reasons, takes them, has pilots decide, and lets exactly one exchange use each up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from egide.errors import PolicyError, WorkspaceError
from egide.policy import Role
from egide.ports import Accepted, Need
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.justifications import codes
from egide.workspace.justifications.models import Justification, State
from egide.workspace.justifications.recording import record
from egide.workspace.justifications.sealing import seal, unseal

SHORTEST, LONGEST = 15, 2_000
SHORTEST_WORD, LONGEST_WORD = 5, 500
MOST_ASKED: Final = 50
"""Requests of one person that wait for their reason: a program that tries again and again fills no table."""
MOST_WAITING: Final = 50
"""Requests of one person that wait for a pilot: nobody fills the pilots' page alone."""


def ask(need: Need, now: datetime) -> Justification:
    """Wait for a reason. Asked again while it is alive, the same need is the same request."""
    alive = (State.ASKED, State.WAITING, State.APPROVED)
    known = _same(need, now).filter(state__in=alive).first()
    if known is not None:
        return known
    mine = Justification.objects.filter(person__public_id=need.person, state=State.ASKED)
    oldest = list(mine.values_list("pk", flat=True)[MOST_ASKED - 1 :])
    if oldest:
        Justification.objects.filter(pk__in=oldest, state=State.ASKED).delete()
    made = _made(need, now)
    made.save(force_insert=True)
    return made


def redeem(need: Need, code: str, exchange: str, now: datetime) -> Accepted:
    """Use a code up. Raises PolicyError EG-3023 to EG-3028. A code of somebody else is an unknown one."""
    digest = codes.digest(code)
    row = _find(Justification.objects.filter(code_digest=digest)) if digest else None
    if row is None or row.person.public_id != need.person:
        raise PolicyError("EG-3023")
    if row.usage != need.usage:
        raise PolicyError("EG-3026")
    if row.state == State.USED:
        raise PolicyError("EG-3028")
    if row.code_expires_at is None or min(row.code_expires_at, row.expires_at) <= now:
        raise PolicyError("EG-3024")
    if row.policy != need.policy:
        raise PolicyError("EG-3027")
    if not _covers(row, need):
        raise PolicyError("EG-3025")
    mine = Q(code_digest=digest, code_expires_at__gt=now)
    if not _use(row, exchange, now, mine):
        raise PolicyError("EG-3028")
    return _accepted(row)


def settle(need: Need, reason: str, exchange: str, now: datetime) -> Accepted:
    """The reason comes with the exchange. One that a pilot accepted is used up; where the person's own is
    enough, it is kept as used by this exchange.

    Raises WorkspaceError EG-6161 or EG-6166 (too many wait), or PolicyError EG-3022: kept, a pilot has yet to
    decide.
    """
    for row in _same(need, now).filter(state=State.APPROVED):
        if _covers(row, need) and _use(row, exchange, now):
            return _accepted(row)
    reason = said(reason)
    made = _made(need, now)
    if need.approval and not decides_alone(made.person):
        raise PolicyError("EG-3022", justification=_waiting(made, need, reason, now).public_id)
    made.sealed_reason = seal(made, "reason", reason)
    made.state, made.exchange, made.used_at = State.USED, exchange, now
    _sign(made, made.person, now)
    made.save(force_insert=True)
    return _accepted(made)


@transaction.atomic
def explain(public_id: str, person: User, reason: str, now: datetime) -> Justification:
    """The person's reason. Where it is enough, or where no other pilot could decide, it is accepted at once.

    Raises WorkspaceError EG-6161, EG-6162 when none is waited for, or EG-6166 when too many wait.
    """
    reason = said(reason)
    row = _locked(public_id, State.ASKED, now, person=person)
    row.sealed_reason = seal(row, "reason", reason)
    if row.approval and not decides_alone(person):
        _check_room(person, now)
        row.state, row.expires_at = State.WAITING, _later(now)
    else:
        row.state = State.APPROVED
        _sign(row, person, now)
        record(row, now)
    row.save()
    return row


@transaction.atomic
def decide(public_id: str, by: User, *, accepted: bool, word: str, now: datetime) -> Justification:
    """A pilot accepts, or refuses with a word. In the journal when it returns.

    Raises WorkspaceError EG-6162 (decided already, or too late), EG-6163 (one's own) or EG-6164 (no word).
    """
    word = word.strip()
    if len(word) > LONGEST_WORD or (not accepted and len(word) < SHORTEST_WORD):
        raise WorkspaceError("EG-6164", shortest=SHORTEST_WORD, longest=LONGEST_WORD)
    row = _locked(public_id, State.WAITING, now)
    if row.person_id == by.pk and not decides_alone(by):
        raise WorkspaceError("EG-6163")
    row.sealed_word = seal(row, "word", word)
    row.state = State.APPROVED if accepted else State.REFUSED
    row.expires_at = _later(now)  # time to come back to it
    _sign(row, by, now)
    record(row, now)
    row.save()
    return row


def withdraw(public_id: str, person: User) -> None:
    """The person no longer wants it: nobody needs to decide, and nothing can be sent with it any more."""
    open_ = (State.ASKED, State.WAITING, State.APPROVED)
    Justification.objects.filter(public_id=public_id, person=person, state__in=open_).delete()


def decides_alone(person: User) -> bool:
    """Whether this person is the only one who could decide: in a company of one, nobody else can. Who was
    invited and never came in, as the people of the example, cannot either."""
    came = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(last_login__isnull=False)
    pilots = User.objects.filter(came, is_active=True, role__in=(Role.PILOT, Role.ADMIN))
    return person.is_pilot and not pilots.exclude(pk=person.pk).exists()


def find(public_id: str, viewer: User) -> Justification:
    """One's own, or any that was explained for a pilot. Raises WorkspaceError EG-6160: for others it does
    not exist."""
    row = _find(Justification.objects.filter(public_id=public_id))
    if row is None or not (row.person_id == viewer.pk or (viewer.is_pilot and row.sealed_reason)):
        raise WorkspaceError("EG-6160")
    return row


def state_of(public_id: str, person: User) -> Justification | None:
    """One's own, if it is still there."""
    return Justification.objects.filter(public_id=public_id, person=person).first()


def reason_of(row: Justification) -> str:
    """The person's reason, in clear: for that person and for pilots."""
    return unseal(row, "reason")


def address(public_id: str) -> str:
    """Where it is shown: whole when the public address of Égide is known, else a path."""
    public = (configuration.current().public_url or "").rstrip("/")
    return f"{public}{reverse('justifications:one', args=[public_id])}"


def waiting() -> int:
    """How many wait for a pilot."""
    return Justification.objects.filter(state=State.WAITING, expires_at__gt=timezone.now()).count()


def ready(person: User) -> int:
    """How many of this person's were accepted and may be sent now."""
    mine = Justification.objects.filter(person=person, state=State.APPROVED)
    return mine.filter(expires_at__gt=timezone.now()).count()


def purge(now: datetime) -> int:
    """Forget those asked for longer ago than the retention period. How many there were."""
    limit = now - timedelta(days=configuration.current().history_days)
    old = Justification.objects.filter(created_at__lt=limit, expires_at__lt=now)
    return old.delete()[1].get("justifications.Justification", 0)


def _made(need: Need, now: datetime) -> Justification:
    """Not saved."""
    return Justification(
        person=User.objects.get(public_id=need.person, is_active=True),
        usage=need.usage,
        provider=need.provider,
        policy=need.policy,
        content=need.content,
        door=need.door,
        approval=need.approval,
        recognised=[list(one) for one in need.recognised],
        created_at=now,
        expires_at=_later(now),
    )


def _waiting(made: Justification, need: Need, reason: str, now: datetime) -> Justification:
    """The request that a pilot sees: the one that waits already, or this new one."""
    known = _same(need, now).filter(state=State.WAITING).first()
    if known is not None:
        return known
    _check_room(made.person, now)
    made.sealed_reason, made.state = seal(made, "reason", reason), State.WAITING
    made.save(force_insert=True)
    return made


def _check_room(person: User, now: datetime) -> None:
    mine = Justification.objects.filter(person=person, state=State.WAITING, expires_at__gt=now)
    if mine.count() >= MOST_WAITING:
        raise WorkspaceError("EG-6166", limit=MOST_WAITING)


def _same(need: Need, now: datetime) -> QuerySet[Justification]:
    bound = Justification.objects.filter(
        person__public_id=need.person, usage=need.usage, policy=need.policy, content=need.content
    )
    return bound.filter(door=need.door, expires_at__gt=now)


def _covers(row: Justification, need: Need) -> bool:
    """Whether it is about exactly this; and a pilot decided, where one must."""
    bound = (row.content, row.provider, row.policy, row.usage, row.door)
    asked = (need.content, need.provider, need.policy, need.usage, need.door)
    return bound == asked and (row.approval or not need.approval)


def _use(row: Justification, exchange: str, now: datetime, also: Q | None = None) -> bool:
    """One statement, decided by the database: of several at once, one gets True."""
    free = Justification.objects.filter(also or Q(), pk=row.pk, state=State.APPROVED, expires_at__gt=now)
    return bool(free.update(state=State.USED, used_at=now, exchange=exchange))


def _accepted(row: Justification) -> Accepted:
    return Accepted(row.public_id, row.decided_by_public_id, row.approval)


def _sign(row: Justification, by: User, now: datetime) -> None:
    row.decided_by, row.decided_by_public_id, row.decided_at = by, by.public_id, now


def _find(rows: QuerySet[Justification]) -> Justification | None:
    return rows.select_related("person", "decided_by").first()


def _locked(public_id: str, state: State, now: datetime, **more: object) -> Justification:
    rows = Justification.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(public_id=public_id, state=state, expires_at__gt=now, **more).first()
    if row is None:
        raise WorkspaceError("EG-6162")
    return row


def said(reason: str) -> str:
    """A reason that says something. Raises WorkspaceError EG-6161."""
    reason = reason.strip()
    if not SHORTEST <= len(reason) <= LONGEST or len(set(reason.lower().split())) < 2:
        raise WorkspaceError("EG-6161", shortest=SHORTEST, longest=LONGEST)
    return reason


def _later(now: datetime) -> datetime:
    return now + timedelta(hours=configuration.current().justification_hours)
