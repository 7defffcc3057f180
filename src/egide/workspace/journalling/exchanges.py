"""One line of the page per exchange: its beginning, its end, types and counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from egide.detection.labels import LABELS
from egide.documents import KINDS
from egide.workspace.journalling.models import JournalRecord

PAGE = 25
ACTIONS: dict[str, str | Promise] = {
    "allow": _("Envoyé tel quel"),
    "warn": _("Envoyé avec un avertissement"),
    "mask": _("Masqué"),
    "reroute": _("Redirigé"),
    "justify": _("Justification"),
    "approve": _("Accord"),
    "block": _("Bloqué"),
}
# What was decided of a reason: no exchange yet.
DECISIONS = {"approved": _("demande acceptée"), "refused": _("demande refusée")}
# How the gateway says that an exchange ended, when it is not simply complete.
ENDS = {
    "abandoned": _("réponse abandonnée"),
    "cut": _("réponse coupée"),
    "failed": _("échec du fournisseur"),
    "stopped": _("arrêté par la personne"),
    "": _("en cours ou sans fin"),
}


_LABELS = {name: label.french for name, label in LABELS.items()}
_FILES = {name: kind.french for name, kind in KINDS.items()} | {
    "unread": gettext_noop("fichier refusé"),
    "audio": gettext_noop("enregistrement vocal"),
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """``counts`` are names of kinds with how many; ``note`` tells an end out of the ordinary."""

    at: datetime
    person: str
    usage: str
    provider: str
    model: str
    action: str
    action_word: str | Promise
    counts: tuple[tuple[str, int], ...]
    refused: bool
    note: str
    tokens: int | None
    estimated: int = 0  # the part of them that the provider did not tell
    decided_by: str = ""  # who accepted or refused the reason, when it was not the person
    attachments: tuple[tuple[str, int], ...] = ()  # by kind of file, as ``counts``


@dataclass(frozen=True, slots=True)
class Page:
    """Exchanges, latest first; ``older`` is where the next page begins, empty on the last one."""

    exchanges: tuple[Exchange, ...]
    older: str


def page(filters: Mapping[str, str], before: str = "") -> Page:
    """The latest exchanges that match. Never counts the whole table: as quick with a million records."""
    rows = list(_matching(filters, before).order_by("-moment", "-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    older = f"{shown[-1].moment.isoformat()}~{shown[-1].pk}" if len(rows) > PAGE else ""
    ends = _ends([row.exchange for row in shown])
    return Page(tuple(_exchange(row, ends.get(row.exchange, {})) for row in shown), older)


def _matching(filters: Mapping[str, str], before: str) -> QuerySet[JournalRecord]:
    found = JournalRecord.objects.filter(kind__in=("opened", "refused", "decided"))
    exact = {name: value for name, value in filters.items() if name in _EXACT and value}
    found = found.filter(**exact)
    if filters.get("from"):
        found = found.filter(moment__gte=filters["from"])
    if filters.get("to"):
        found = found.filter(moment__lt=filters["to"])
    at, _, pk = before.partition("~")
    if pk.isdigit():
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return found
        found = found.filter(moment__lte=moment).exclude(moment=moment, pk__gte=int(pk))
    return found


_EXACT = ("person", "usage", "provider", "action")


def _ends(exchanges: Sequence[str]) -> dict[str, dict[str, Any]]:
    closed = JournalRecord.objects.filter(exchange__in=exchanges, kind="closed")
    return {row.exchange: json.loads(row.details) for row in closed}


def _exchange(row: JournalRecord, end: Mapping[str, Any]) -> Exchange:
    details = json.loads(row.details)
    names = ("input_tokens", "output_tokens", "estimated_tokens")
    tokens = [end[name] for name in names if isinstance(end.get(name), int)]
    return Exchange(
        at=row.moment,
        person=row.person,
        usage=row.usage,
        provider=str(end.get("provider") or row.provider),
        model=str(end.get("model_used") or details.get("model") or ""),
        action=row.action,
        action_word=ACTIONS.get(row.action, row.action),
        counts=_counts(details.get("labels"), _LABELS),
        refused=row.kind == "refused",
        note=_note(row, details, end),
        tokens=sum(tokens) if tokens else None,
        estimated=int(end.get("estimated_tokens") or 0),
        decided_by=_decider(row, details),
        attachments=_counts(details.get("attachments"), _FILES),
    )


def _decider(row: JournalRecord, details: Mapping[str, Any]) -> str:
    decider = str(details.get("decided_by_id") or "")
    return decider if decider != row.person else ""


def _note(row: JournalRecord, details: Mapping[str, Any], end: Mapping[str, Any]) -> str:
    if row.kind == "refused":
        return str(details.get("error") or "")
    if row.kind == "decided":
        return str(DECISIONS.get(str(details.get("outcome")), _("décision")))
    ended, tried = str(ENDS.get(str(end.get("status") or ""), "")), end.get("tried")
    if isinstance(tried, int) and tried > 1:
        several = gettext("%(tried)s fournisseurs essayés") % {"tried": tried}
        return ", ".join(filter(None, (several, ended)))
    return ended


def _counts(told: object, names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    counted = told if isinstance(told, Mapping) else {}
    named = ((gettext(names.get(name, name)), int(count)) for name, count in counted.items())
    return tuple(sorted(named, key=lambda pair: -pair[1]))
