"""The one reminder of a day: what the apps say is left to do, in titles, counts and links.

``plan`` queues the day's once, on working days, from eight in the morning; each is written when it leaves,
and dropped when there is nothing left to say by then.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.charter import binding, reminding, signing
from egide.workspace.charter.calendar import is_working
from egide.workspace.charter.models import Reminder
from egide.workspace.mail import letters, preferences
from egide.workspace.mail.models import Frequency, Mail, Preference, Relay
from egide.workspace.overview import pieces
from egide.workspace.ui.menu import entries_for

FROM_HOUR: Final = 8
UNTIL_HOUR: Final = 19
SOON: Final = timedelta(days=7)
MOST_LINES: Final = 12
_RANK: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """``what`` to do, where; ``count`` when it is several things, ``due`` with ``late``."""

    what: str
    url: str
    count: int = 0
    due: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """``mine`` is left to the person; ``waiting`` and ``dates`` are for those who lead."""

    mine: tuple[Line, ...]
    waiting: tuple[Line, ...] = ()
    dates: tuple[Line, ...] = ()
    signs: bool = False

    @property
    def number(self) -> int:
        """How many lines it has."""
        return len(self.mine) + len(self.waiting) + len(self.dates)


def plan(relay: Relay, now: datetime) -> int:
    """Queue today's reminders, if that is still to be done. How many."""
    local = timezone.localtime(now)
    today = local.date()
    if not relay.reminders or not is_working(today) or not FROM_HOUR <= local.hour < UNTIL_HOUR:
        return 0
    # Looked at first: the transaction takes the database's one lock for writing.
    if relay.planned_on == today:
        return 0
    with transaction.atomic():
        locked = Relay.objects.select_for_update().filter(pk=1).first()
        if locked is None or locked.planned_on == today:
            return 0
        until = timezone.make_aware(datetime.combine(today, time(UNTIL_HOUR)))
        found = [
            Mail(
                person_id=pk,
                kind=Mail.Kind.DIGEST,
                key=f"digest/{pk}/{today.isoformat()}",
                rank=_RANK,
                created_at=now,
                next_at=now,
                expires_at=until,
            )
            for pk in _asked(today)
        ]
        Mail.objects.bulk_create(found, ignore_conflicts=True)
        locked.planned_on = today
        locked.save(update_fields=["planned_on"])
    return len(found)


def _asked(today: date) -> list[int]:
    """Who may be reminded today: those who have come in once, as often as they want."""
    people = [
        one for one in User.objects.filter(is_active=True) if one.has_usable_password() or one.last_login
    ]
    chosen = dict(Preference.objects.values_list("person_id", "frequency"))
    monday = timezone.make_aware(datetime.combine(today - timedelta(days=today.weekday()), time()))
    gone = Q(state=Mail.State.SENT) | Q(state=Mail.State.UNCERTAIN)
    this_week = set(
        Mail.objects.filter(gone, kind=Mail.Kind.DIGEST, ended_at__gte=monday).values_list(
            "person_id", flat=True
        )
    )
    asked = binding.asked(today)
    to_sign = {one.pk for version in asked for one in reminding.to_remind(version, today)}
    every = {one.pk for one in people}
    may = {
        Frequency.WORKING_DAY.value: every,
        Frequency.WEEKLY.value: every - this_week,
        Frequency.NONE.value: every & to_sign,
    }
    return [pk for pk in every if pk in may[chosen.get(pk, Frequency.WEEKLY.value)]]


def of(person: User, today: date, *, required_only: bool = False) -> Digest:
    """What is left for this person. ``required_only``: what the house asks of everybody, nothing else."""
    duties = [one for one in pieces.duties_of(person) if not one.done]
    if required_only:
        duties = [one for one in duties if one.required]
    signs = any(one.required for one in duties)
    mine = [Line(one.what, one.url, due=one.due, late=one.late(today)) for one in duties]
    if required_only or not person.is_pilot:
        return Digest(tuple(mine), signs=signs)
    waiting = [
        Line(str(entry.label), reverse(entry.view), count)
        for entry in entries_for(Role(person.role))
        if entry.waiting and (count := entry.waiting())
    ]
    said = {(one.what, one.url) for one in mine}
    return Digest(tuple(mine), tuple(waiting), tuple(_dates(today, said)), signs)


def _dates(today: date, said: set[tuple[str, str]]) -> list[Line]:
    """Late, or within a week; the same words once, with their number."""
    near = [one for one in pieces.dates(today) if one.day <= today + SOON and (one.what, one.url) not in said]
    counts = Counter(one.outside or one.what for one in near)
    found: dict[str, Line] = {}
    for one in near:
        what = one.outside or one.what
        several = counts[what] if counts[what] > 1 else 0
        found.setdefault(what, Line(what, one.url, several, one.day, one.day < today))
    return list(found.values())


def letter(relay: Relay, mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    """The reminder as it is to leave now; None when there is nothing to say."""
    person, today = mail.person, timezone.localdate(now)
    frequency = preferences.of(person)
    if not relay.reminders or not person.is_active:
        return None
    # What the apps say is told by the mail, not by a page.
    with override("fr"):
        digest = of(person, today, required_only=frequency is Frequency.NONE)
    if not digest.number:
        return None
    stop = letters.absolute(relay, preferences.stop_path(person))
    told = {
        "groups": [
            ("À faire", _shown(relay, digest.mine), len(digest.mine[MOST_LINES:])),
            ("En attente de votre décision", _shown(relay, digest.waiting), 0),
            ("Dates de l'entreprise", _shown(relay, digest.dates), len(digest.dates[MOST_LINES:])),
        ],
        "all": letters.absolute(relay, reverse("overview:mine")),
        "choose": letters.absolute(relay, reverse("mail:preferences")),
        "stop": stop if frequency is not Frequency.NONE else "",
        "every": reminding.EVERY,
    }
    number = digest.number
    subject = f"Égide : {number} chose{'s' * (number > 1)} à faire"
    message = letters.write(relay, person, "digest", subject, told, opaque=mail.opaque)
    if told["stop"]:
        letters.let_stop(message, relay, person)
    return message


def _shown(relay: Relay, lines: tuple[Line, ...]) -> list[tuple[Line, str]]:
    return [(line, letters.absolute(relay, line.url)) for line in lines[:MOST_LINES]]


def note(mail: Mail, now: datetime) -> None:
    """It left: who had the charter to sign was reminded of it today."""
    today = timezone.localdate(now)
    for version in signing.unsigned_by(mail.person):
        Reminder.objects.get_or_create(version=version, person=mail.person, on=today)
