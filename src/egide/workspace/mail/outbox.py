"""The outbox: one worker at a time takes the next mail, says so, gives it to the server, and says what came.

A mail is claimed with a token. Just before the message itself is given, the row says so, if the token is
still its own: from there on it is never given again by itself, whatever dies. Before that, it is.

No clock is trusted for this: a claim that looks too old, or of the future, is taken over, and who had it then
finds that the token is no longer its own. A time to wait for that is too far away is not waited for.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from egide.workspace.company.models import opaque_id
from egide.workspace.mail import digests, invitations, relay, troubles
from egide.workspace.mail.connecting import Connection, TakenError
from egide.workspace.mail.models import Mail, Relay
from egide.workspace.mail.troubles import Scope, Stage, Trouble

logger = logging.getLogger(__name__)
State = Mail.State
LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=90)
# Who had nothing left to do: one a day and a person.
KEPT_DROPPED: Final = timedelta(days=7)
_MINUTES: Final = (1, 5, 15, 30, 60, 120, 240)
LONGEST: Final = timedelta(minutes=_MINUTES[-1])
MOST_ATTEMPTS: Final = 12
# So that an account is not locked by trying.
_CALM: Final = frozenset({"login", "sender"})
_OPEN: Final = (State.SENDING, State.HANDED)
Connect = Callable[[Relay], Connection]


def pause(failures: int, *, calm: bool = False) -> timedelta:
    """How long to wait after so many failures in a row."""
    place = min(max(failures, 1) + (2 if calm else 0), len(_MINUTES)) - 1
    return timedelta(minutes=_MINUTES[place])


@transaction.atomic
def claim(now: datetime) -> tuple[Relay, Mail] | None:
    """The next mail, for this worker alone; None when nothing is due or another worker is at it."""
    # Locked, so that two workers don't both take the first.
    server = Relay.objects.select_for_update().filter(pk=1).first()
    if server is None or (server.resume_at and now < server.resume_at <= now + LONGEST):
        return None
    _settle(now, server)
    if Mail.objects.filter(state__in=_OPEN).exists():
        return None
    due = Q(next_at__lte=now) | Q(next_at__gt=now + LONGEST)
    mail = (
        Mail.objects.select_related("person")
        .filter(due, state=State.WAITING)
        .order_by("rank", "next_at", "pk")
        .first()
    )
    if mail is None:
        return None
    mail.state, mail.token, mail.claimed_at = State.SENDING.value, opaque_id(), now
    mail.save(update_fields=["state", "token", "claimed_at"])
    return server, mail


def _settle(now: datetime, server: Relay) -> None:
    """What a dead worker left, and what is too late to leave."""
    dead = Q(claimed_at__lt=now - LEASE) | Q(claimed_at__gt=now + LEASE)
    ended = {"sealed": b"", "ended_at": now}
    Mail.objects.filter(dead, state=State.HANDED).update(
        state=State.UNCERTAIN, trouble="uncertain", reply=None, **ended
    )
    Mail.objects.filter(dead, state=State.SENDING).update(state=State.WAITING, token="", next_at=now)
    late = Mail.objects.filter(state=State.WAITING, expires_at__lte=now)
    late.filter(trouble="").update(
        state=State.FAILED, trouble=server.trouble or "expired", reply=server.reply, **ended
    )
    late.update(state=State.FAILED, **ended)


def send_all(now: Callable[[], datetime], going: Callable[[], bool], connect: Connect = Connection) -> int:
    """Send all that is due, one after the other on one connection. How many left."""
    sent, connection, since = 0, None, None
    try:
        # Looked at first: a claim takes the database's one lock for writing.
        while going() and _any() and (taken := claim(now())) is not None:
            server, mail = taken
            if connection is not None and since != server.changed_at:
                connection.close()
                connection = None
            connection, since = connection or connect(server), server.changed_at
            sent += (ended := _send(server, mail, connection, now)) == State.SENT
            if ended is None:
                connection.close()
                connection = None
    finally:
        if connection is not None:
            connection.close()
    return sent


def _any() -> bool:
    return Mail.objects.filter(state__in=(State.WAITING, *_OPEN)).exists()


def _send(server: Relay, mail: Mail, connection: Connection, now: Callable[[], datetime]) -> State | None:
    """What became of it; None when the connection is no longer good."""
    try:
        message = _letter(server, mail, now())
    except Exception as problem:  # one mail that can't be written must not stop the others
        # The type only: a message could quote a title or an address.
        logger.error("mail not written: %s", type(problem).__name__)
        _end(mail, State.FAILED, now(), trouble="internal")
        return State.FAILED
    if message is None:
        _end(mail, State.DROPPED, now())
        return State.DROPPED
    try:
        _give(connection, message, mail)
    except TakenError:
        return None
    except Exception as problem:
        sending = connection.sending
        trouble = troubles.of(problem, sending.stage, late=sending.late)
        if trouble.kind == "internal":
            logger.error("mail not sent: %s", type(problem).__name__)
        _fail(mail, trouble, now())
        return None
    _end(mail, State.SENT, now())
    Relay.objects.filter(pk=1).exclude(failures=0, trouble="").update(
        failures=0, trouble="", reply=None, resume_at=None
    )
    if mail.kind == Mail.Kind.DIGEST:
        digests.note(mail, now())
    return State.SENT


def _letter(server: Relay, mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    if mail.kind == Mail.Kind.INVITATION:
        return invitations.letter(server, mail)
    return digests.letter(server, mail, now)


def _give(connection: Connection, message: EmailMultiAlternatives, mail: Mail) -> None:
    reused = connection.sent > 0
    try:
        connection.send(message, lambda: _hand(mail))
    except Exception as problem:
        # A server may end a connection that was idle, or after so many mails: once more, on a new one.
        again = troubles.of(problem, connection.sending.stage).kind in ("lost", "later")
        if not (reused and again and connection.sending.stage is Stage.ENVELOPE):
            raise
        connection.close()
        connection.send(message, lambda: _hand(mail))


def _hand(mail: Mail) -> bool:
    """Say that the message is being given; false when it is another worker's by now."""
    own = Mail.objects.filter(pk=mail.pk, token=mail.token, state=State.SENDING)
    return own.update(state=State.HANDED) == 1


def _end(mail: Mail, state: State, now: datetime, **told: Any) -> None:
    """Its last word, unless another worker has it."""
    fields = {"trouble": "", "reply": None, **told}
    Mail.objects.filter(pk=mail.pk, token=mail.token).exclude(state=State.SENT).update(
        state=state, sealed=b"", ended_at=now, **fields
    )


def _fail(mail: Mail, trouble: Trouble, now: datetime) -> None:
    told = {"trouble": trouble.kind, "reply": trouble.reply}
    if trouble.scope is Scope.UNCERTAIN:
        _end(mail, State.UNCERTAIN, now, **told)
    elif trouble.scope is Scope.MAIL:
        _end(mail, State.FAILED, now, **told)
    else:
        _later(mail, trouble, now)
        if trouble.scope is Scope.SERVER or trouble.kind in ("lost", "timeout"):
            _rest(trouble, now)


def _later(mail: Mail, trouble: Trouble, now: datetime) -> None:
    """Try it again: that the server is away is not its own failure."""
    attempts = mail.attempts + (trouble.scope is not Scope.SERVER)
    if attempts >= MOST_ATTEMPTS:
        _end(mail, State.FAILED, now, trouble=trouble.kind, reply=trouble.reply)
        return
    wait = pause(attempts) if trouble.scope is not Scope.SERVER else timedelta()
    Mail.objects.filter(pk=mail.pk, token=mail.token).update(
        state=State.WAITING,
        attempts=attempts,
        next_at=now + wait,
        trouble=trouble.kind if trouble.scope is not Scope.SERVER else "",
        reply=trouble.reply if trouble.scope is not Scope.SERVER else None,
        token="",
    )


@transaction.atomic
def _rest(trouble: Trouble, now: datetime) -> None:
    """Nothing more is tried for a while."""
    server = Relay.objects.select_for_update().filter(pk=1).first()
    if server is not None:
        server.failures += 1
        server.trouble, server.reply = trouble.kind, trouble.reply
        server.resume_at = now + pause(server.failures, calm=trouble.kind in _CALM)
        server.save(update_fields=["failures", "trouble", "reply", "resume_at"])


def counts(now: datetime) -> dict[str, int]:
    """How many wait, and what became of those of the last 30 days; no person."""
    since = now - timedelta(days=30)
    recent = Mail.objects.filter(Q(ended_at__gte=since) | Q(ended_at=None)).values_list("state", flat=True)
    found = Counter(recent)
    waiting = sum(found[state] for state in (State.WAITING, *_OPEN))
    kinds = (State.SENT, State.FAILED, State.UNCERTAIN, State.DROPPED)
    return {"waiting": waiting, **{state.value: found[state] for state in kinds}}


def purge(now: datetime) -> int:
    """Forget what ended long ago. How many."""
    old = Q(ended_at__lt=now - KEPT) | Q(ended_at__lt=now - KEPT_DROPPED, state=State.DROPPED)
    return Mail.objects.filter(old).delete()[0]


def work(going: Callable[[], bool] = lambda: True, connect: Connect = Connection) -> int:
    """One look: queue today's reminders if it is time, send what is due. How many left."""
    server = relay.current()
    if server is None:
        return 0
    digests.plan(server, timezone.now())
    return send_all(timezone.now, going, connect)
