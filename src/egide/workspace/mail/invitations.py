"""Invitations by mail: asked for by a pilot, for one person or many, and where each one is.

With passwords closed, a link opens nothing for who is no administrator: theirs leads to the sign-in page, and
no secret is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts import links
from egide.workspace.accounts.models import User
from egide.workspace.mail import letters, relay, troubles
from egide.workspace.mail.models import Mail, Relay
from egide.workspace.sso import services as sso
from egide.workspace.sso.models import SingleSignOn

AGAIN_AFTER: Final = timedelta(minutes=5)
MOST_A_DAY: Final = 5
# A whole import, and some more.
MOST_AN_HOUR: Final = 2_500
_LIVE: Final = (Mail.State.WAITING, Mail.State.SENDING, Mail.State.HANDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the last invitation of a person is. ``tone`` colours it: "", good, warn or bad."""

    words: str
    tone: str
    at: datetime | None
    advice: str = ""


@transaction.atomic
def invite(people: Collection[User], now: datetime) -> int:
    """Queue an invitation for each of them; who got one just now is left out. How many were queued.

    Raises WorkspaceError EG-6591 (no server), EG-6595 (somebody without access), EG-6594 (too many in an
    hour); EG-6593 when the only person asked for got one just now.
    """
    # Locked: two clicks at once queue one mail.
    if Relay.objects.select_for_update().filter(pk=1).first() is None:
        raise WorkspaceError("EG-6591")
    if any(not one.is_active for one in people):
        raise WorkspaceError("EG-6595")
    recent = _too_soon(people, now)
    due = [one for one in people if one.pk not in recent]
    if len(people) == 1 and not due:
        raise WorkspaceError("EG-6593", minutes=int(AGAIN_AFTER.total_seconds()) // 60, most=MOST_A_DAY)
    around = {"created_at__gt": now - timedelta(hours=1), "created_at__lte": now}
    if Mail.objects.filter(kind=Mail.Kind.INVITATION, **around).count() + len(due) > MOST_AN_HOUR:
        raise WorkspaceError("EG-6594", limit=MOST_AN_HOUR)
    # Their link stops working with the new one.
    waiting = Mail.objects.filter(person__in=due, kind=Mail.Kind.INVITATION, state=Mail.State.WAITING)
    waiting.update(state=Mail.State.DROPPED, sealed=b"", ended_at=now)
    closed = sso.passwords_closed()
    made = links.issue_all([one for one in due if one.is_admin or not closed])
    Mail.objects.bulk_create(_queued(one, made.get(one.pk, ""), now) for one in due)
    return len(due)


def _queued(person: User, secret: str, now: datetime) -> Mail:
    mail = Mail(
        person=person,
        kind=Mail.Kind.INVITATION,
        created_at=now,
        next_at=now,
        expires_at=now + links.LIFETIME,
    )
    mail.key = f"invitation/{mail.opaque}"
    mail.sealed = wiring.keyring().seal(secret.encode(), _context(mail)) if secret else b""
    return mail


def _too_soon(people: Collection[User], now: datetime) -> set[int]:
    found: dict[int, list[datetime]] = {}
    around = {"created_at__gt": now - timedelta(days=1), "created_at__lte": now + AGAIN_AFTER}
    rows = Mail.objects.filter(person__in=people, kind=Mail.Kind.INVITATION, **around)
    for pk, at in rows.values_list("person_id", "created_at"):
        found.setdefault(pk, []).append(at)
    return {pk for pk, times in found.items() if len(times) >= MOST_A_DAY or max(times) > now - AGAIN_AFTER}


def letter(told: Relay, mail: Mail) -> EmailMultiAlternatives | None:
    """The invitation as it leaves; None when it opens nothing any more."""
    company = sso.in_force()
    if not mail.sealed or (company and company.passwords_closed and not mail.person.is_admin):
        return _by_account(told, mail, company)
    secret = wiring.keyring().open(bytes(mail.sealed), _context(mail)).decode()
    link = links.find(secret)
    if link is None or link.user_id != mail.person_id:
        return None
    given = {
        "link": letters.absolute(told, reverse("accounts:link", args=[secret])),
        "until": link.expires_at,
        "again": mail.person.has_usable_password(),
    }
    subject = "Votre nouveau lien d'accès à Égide" if given["again"] else "Votre accès à Égide"
    return letters.write(told, mail.person, "invitation", subject, given, opaque=mail.opaque)


def _by_account(told: Relay, mail: Mail, company: SingleSignOn | None) -> EmailMultiAlternatives | None:
    if company is None or not mail.person.is_active:
        return None
    given = {"link": letters.absolute(told, reverse("account_login")), "account": company.label}
    return letters.write(told, mail.person, "sign_in", "Votre accès à Égide", given, opaque=mail.opaque)


def standings(people: Iterable[User]) -> Mapping[int, Standing]:
    """The last invitation of each, by person; nothing for those who got none."""
    found: dict[int, Standing] = {}
    rows = Mail.objects.filter(person__in=list(people), kind=Mail.Kind.INVITATION)
    stopped = relay.current()
    for mail in rows.order_by("created_at", "pk"):
        found[mail.person_id] = _standing(mail, stopped)
    return found


def _standing(mail: Mail, server: Relay | None) -> Standing:
    at = mail.ended_at or mail.created_at
    if mail.state == Mail.State.SENT:
        return Standing(gettext("Courriel envoyé"), "good", at)
    if mail.state in _LIVE:
        trouble = mail.trouble or (server.trouble if server else "")
        if not trouble:
            return Standing(gettext("Courriel en attente"), "", at)
        words = gettext("Courriel en attente : %(why)s") % {"why": troubles.reason(trouble)}
        return Standing(words, "", at)
    if mail.state == Mail.State.DROPPED:
        return Standing(gettext("Courriel abandonné : il n'était plus utile"), "", at)
    why, advice = troubles.reason(mail.trouble, mail.reply), troubles.advice(mail.trouble)
    if mail.state == Mail.State.UNCERTAIN:
        return Standing(gettext("Courriel incertain : %(why)s") % {"why": why}, "warn", at, advice)
    return Standing(gettext("Courriel non envoyé : %(why)s") % {"why": why}, "bad", at, advice)


def _context(mail: Mail) -> str:
    return f"mail/link/{mail.person_id}/{mail.opaque}"
