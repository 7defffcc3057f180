"""What the AI Act brings to the first pages: usages without a class, and days from which duties apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from egide.workspace.accounts.models import User
from egide.workspace.ai_act import services
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.shown import next_day, with_settled
from egide.workspace.overview.pieces import Date, Duty, Figure
from egide.workspace.usages.models import Usage


def unsettled() -> int:
    """How many usages in force wait for somebody, as the list says."""
    active = Usage.objects.filter(active=True)
    return active.count() - with_settled(active).filter(Q(settled=True)).count()


def duties(person: User) -> Iterator[Duty]:
    """A pilot's: usages without a class. Others': questions on the usages that they declared."""
    url = reverse("ai_act:list")
    if person.is_pilot:
        if count := unsettled():
            said = ngettext(
                "Classer un usage selon le règlement IA",
                "Classer %(count)s usages selon le règlement IA",
                count,
            )
            yield Duty(said % {"count": count}, url, done=False)
        return
    mine = _unanswered(person)
    if mine:
        said = ngettext(
            "Répondre aux questions du règlement IA sur votre usage",
            "Répondre aux questions du règlement IA sur vos %(count)s usages",
            mine,
        )
        yield Duty(said % {"count": mine}, url, done=False)


def figures() -> Iterator[Figure]:
    """The usages in force whose class is confirmed."""
    total = Usage.objects.filter(active=True).count()
    title = gettext("Usages classés (règlement IA)")
    yield Figure(title, total - unsettled(), total, reverse("ai_act:list"))


def dates(today: date) -> Iterator[Date]:
    """The next day from which something applies to each usage in force."""
    found = Assessment.objects.filter(pk__in=_latest()).select_related("usage")
    url, outside = reverse("ai_act:list"), gettext("Règlement IA : nouveaux devoirs")
    for one in found:
        if day := next_day(one.result, today):
            said = gettext("Règlement IA : nouveaux devoirs pour « %(usage)s »") % {"usage": one.usage.name}
            yield Date(day, said, url, outside)


def _unanswered(person: User) -> int:
    """How many usages that this person declared still have questions, none of them ever confirmed."""
    left = 0
    for usage in Usage.objects.filter(declared_by=person).prefetch_related("assessments"):
        every = list(usage.assessments.all())
        if all(one.is_open for one in every):
            left += not every or services.walked(every[0]).next is not None
    return left


def _latest() -> list[int]:
    """The last confirmed of each usage in force."""
    every = Assessment.objects.filter(~Q(confirmed_at=None), usage__active=True)
    told = every.order_by("confirmed_at", "pk").values_list("usage_id", "pk")
    return list(dict(told).values())
