"""An assessment as pages show it: where it stands, its reasons with their sources, what to do and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egide.reference.ai_act import AiAct, Question, ai_act
from egide.reference.ai_act_facts import Fine
from egide.reference.sources import Source
from egide.workspace.ai_act import services
from egide.workspace.ai_act.links import Page, page_of
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.notices import ShownNotice, notices
from egide.workspace.ai_act.walk import CLASSES, Due, Found, Step, Walk
from egide.workspace.usages.models import Change, Event, Usage

SAID = {"yes": _("Oui"), "no": _("Non"), "unknown": _("Je ne sais pas")}
GRAVE = ("interdit", "haut_risque")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a usage stands. ``key`` is for code, ``words`` for people; ``bad`` when somebody has to act."""

    key: str
    words: str | Promise
    bad: bool


TODO = Stand("todo", _("À faire"), bad=True)
RUNNING = Stand("running", _("En cours"), bad=True)
UNSURE = Stand("unsure", _("À préciser"), bad=True)
WAITING = Stand("waiting", _("À confirmer"), bad=True)
ANSWERING = Stand("answering", _("Réponses en cours"), bad=True)
AGAIN = Stand("again", _("À confirmer de nouveau"), bad=True)
CHANGED = Stand("changed", _("Usage modifié depuis : à revoir"), bad=True)
CONFIRMED = Stand("confirmed", _("Confirmé"), bad=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A usage in the list. ``level`` is that of the last result that a pilot confirmed, ``sure`` then.

    Without one, it is that of the answers. ``answering``: who answers again what was confirmed.
    """

    usage: Usage
    stand: Stand
    level: str
    label: str
    sure: bool
    next_date: date | None
    by: str
    at: Any
    answering: str = ""

    @property
    def grave(self) -> bool:
        """Whether it is prohibited or at high risk."""
        return self.level in GRAVE


@dataclass(frozen=True, slots=True)
class Reason:
    """A question, what was answered, and where the law says so; ``verified`` if that was read."""

    question: Question
    said: str | Promise
    sources: tuple[Source, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class ShownDue:
    """A duty, whether it applies already, who owes it, and the page of Égide that helps."""

    due: Due
    applies: bool
    roles: str
    sources: tuple[Source, ...]
    page: Page | None


@dataclass(frozen=True, slots=True)
class ShownFound:
    """An outcome with its reasons, and the highest fine of its tier. ``others``: whose the duties are that
    are not the company's."""

    found: Found
    label: str
    applies: bool
    reasons: tuple[Reason, ...]
    fine: Fine | None
    millions: int
    others: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole result."""

    walk: Walk
    label: str
    since: date | None
    applies: bool
    roles: tuple[str, ...]
    outcomes: tuple[ShownFound, ...]
    others: tuple[ShownFound, ...]
    duties: tuple[ShownDue, ...]
    trail: tuple[Reason, ...]
    notices: tuple[ShownNotice, ...]
    unbound: bool


def with_assessments(usages: QuerySet[Usage]) -> QuerySet[Usage]:
    """The same, with what the list needs, in a fixed number of queries."""
    each = Assessment.objects.select_related("confirmed_by", "answered_by")
    return with_settled(usages).prefetch_related(Prefetch("assessments", each))


def with_settled(usages: QuerySet[Usage]) -> QuerySet[Any]:
    """The same, each with ``settled``: its class was confirmed as it is now, with the table of today, and
    nobody answers again."""
    every = Assessment.objects.filter(usage=OuterRef("pk"))
    last, pending = every.exclude(confirmed_at=None)[:1], every.filter(confirmed_at=None)
    changed = Change.objects.filter(
        usage=OuterRef("pk"), event=Event.CHANGED, at__gt=OuterRef("last_confirmed_at")
    )
    return usages.annotate(
        last_confirmed_at=Subquery(last.values("confirmed_at")),
        last_table=Subquery(last.values("table")),
        settled=Q(last_table=services.version()) & ~Exists(changed) & ~Exists(pending),
    )


def lines(usages: Iterable[Usage], today: date) -> list[Line]:
    """Each usage of ``with_assessments``."""
    return [_line(one, today) for one in usages]


def shown(done: Walk, usage: Usage, today: date) -> Shown:
    """A walk in full."""
    table = ai_act()
    every = [_found(table, one, today) for one in done.found if one.outcome.level != "role" or one.duties]
    own = [one for one in every if one.found.owed]
    level = done.level
    days = [one.applies_from for one in done.found if one.level == level and one.applies_from]
    since = min(days, default=None)
    order = [*CLASSES, *table.level]
    return Shown(
        done,
        table.level.get(level or "", ""),
        since,
        since is None or since <= today,
        tuple(one.label for one in table.roles if one.id in done.roles),
        tuple(sorted(own, key=lambda one: order.index(one.found.level))),
        tuple(one for one in every if not one.found.owed),
        tuple(_due(table, one, today) for one in done.duties),
        tuple(_reason(table, step) for step in done.steps),
        notices(table, done, usage),
        level in GRAVE and not any(one.duties for one in done.found if one.level == level),
    )


def next_day(result: Mapping[str, Any], today: date) -> date | None:
    """The first day after this one in a result that was kept."""
    told = [one["applies_from"] for one in (*result["outcomes"], *result["duties"]) if one["applies_from"]]
    days = [date.fromisoformat(day) for day in told]
    return min((day for day in days if day > today), default=None)


def _line(usage: Usage, today: date) -> Line:
    pending, last = both(usage)
    if pending is not None and last is None:
        done = services.walked(pending)
        level = done.level if done.next is None else None
        label = ai_act().level.get(level or "", "")
        by = pending.answered_by.shown if pending.answered_by else ""
        return Line(
            usage, _pending(done), level or "", label, False,
            done.next_date(today) if level else None, by, pending.answered_at,
        )  # fmt: skip
    if last is None:
        return Line(usage, TODO, "", "", False, None, "", None)
    by = last.confirmed_by.shown if last.confirmed_by else ""
    result = last.result
    return Line(
        usage, _stand(usage, pending, last), result["level"], result["class"], True,
        next_day(result, today), by, last.confirmed_at, _answering(pending),
    )  # fmt: skip


def both(usage: Usage) -> tuple[Assessment | None, Assessment | None]:
    """Of ``with_assessments``: the open one, and the last that was confirmed."""
    every: Sequence[Assessment] = list(usage.assessments.all())
    told = [one for one in every if one.confirmed_at is not None]
    last = max(told, key=lambda one: (one.confirmed_at, one.pk), default=None)
    return next((one for one in every if one.is_open), None), last


def _answering(pending: Assessment | None) -> str:
    if pending is None:
        return ""
    return pending.answered_by.shown if pending.answered_by else "—"


def _pending(done: Walk) -> Stand:
    if done.next is not None:
        return RUNNING if done.answers else TODO
    return UNSURE if done.unknown else WAITING


def _stand(usage: Usage, pending: Assessment | None, last: Assessment) -> Stand:
    if getattr(usage, "settled", False):
        return CONFIRMED
    if pending is not None:
        return ANSWERING
    return AGAIN if last.table != services.version() else CHANGED


def _found(table: AiAct, one: Found, today: date) -> ShownFound:
    fine = next((tier for tier in table.fines if tier.id == one.outcome.fine_tier and one.owed), None)
    reasons = tuple(_reason(table, step) for step in one.because)
    millions = fine.cap_eur // 1_000_000 if fine else 0
    owing = {role for duty in one.others for role in duty.role}
    others = ", ".join(role.label for role in table.roles if role.id in owing)
    return ShownFound(one, table.level[one.level], one.applies(today), reasons, fine, millions, others)


def _reason(table: AiAct, step: Step) -> Reason:
    return Reason(step.question, SAID[step.answer], *_rests_on(table, step.question))


def _rests_on(table: AiAct, question: Question) -> tuple[tuple[Source, ...], bool]:
    fact = table.entries.get(question.rests_on)
    return (table.sources_of(fact), fact.verified) if fact else ((), False)


def sources_of(question: Question) -> tuple[Source, ...]:
    """Where what a question asks about was read."""
    return _rests_on(ai_act(), question)[0]


def _due(table: AiAct, one: Due, today: date) -> ShownDue:
    labels = [role.label for role in table.roles if role.id in one.roles]
    return ShownDue(
        one,
        one.applies_from <= today,
        ", ".join(labels),
        table.sources_of(one.duty),
        page_of(one.duty.feature),
    )
