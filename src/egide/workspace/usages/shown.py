"""A usage as pages and files show it: ids as words, and what a pilot should see at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Change, State, Usage
from egide.workspace.usages.words import CONCERNED, DATA, told

FIELDS = {
    "name": _("Nom"),
    "description": _("À quoi cela sert"),
    "providers": _("Services d'IA"),
    "tool": _("Autre outil, ou précision"),
    "data": _("Données"),
    "concerned": _("Personnes concernées"),
    "department": _("Qui s'en sert"),
    "control": _("Qui vérifie la réponse, et comment"),
    "fallback": _("Si l'IA est en panne"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """``tools`` are the services by name, then the tool in words; ``missing`` what is still to be told."""

    usage: Usage
    tools: str
    data: str
    concerned: str
    missing: tuple[str, ...]
    to_review: bool


@dataclass(frozen=True, slots=True)
class ShownChange:
    """``lines``: what each field that changed held before."""

    change: Change
    lines: tuple[tuple[str, str], ...]


def shown(usages: Iterable[Usage], today: date | None = None) -> list[Shown]:
    """Each usage in words; the names of services are read once."""
    names, day = services(), today or timezone.localdate()
    return [_shown(usage, names, day) for usage in usages]


def services() -> dict[str, str]:
    """What each service of AI is called, by its slug."""
    return dict(Provider.objects.values_list("slug", "name"))


def history(usage: Usage) -> list[ShownChange]:
    """What happened to a usage, latest first."""
    names = services()
    return [
        ShownChange(
            one,
            tuple(
                (str(FIELDS.get(name, name)), _words(name, held, names)) for name, held in one.before.items()
            ),
        )
        for one in usage.changes.select_related("by")
    ]


def due(today: date) -> Q:
    """Those in force whose review day has come."""
    return Q(state=State.VALIDATED, active=True, review_on__lte=today)


def matching(
    usages: QuerySet[Usage],
    *,
    text: str = "",
    state: str = "",
    department: str = "",
    data: str = "",
    today: date,
) -> list[Usage]:
    """Those that a pilot asks for. ``state`` may be "due" (to review) or "off" (validated, switched off)."""
    if text:
        usages = usages.filter(
            Q(name__icontains=text) | Q(description__icontains=text) | Q(tool__icontains=text)
        )
    if department:
        usages = usages.filter(department=department)
    if state == "due":
        usages = usages.filter(due(today))
    elif state == "off":
        usages = usages.filter(state=State.VALIDATED, active=False)
    elif state:
        usages = usages.filter(state=state)
    # The two databases do not search a list in JSON alike, and an inventory is short.
    return [usage for usage in usages if not data or data in usage.data]


def _shown(usage: Usage, names: Mapping[str, str], today: date) -> Shown:
    tools = ", ".join(filter(None, (told(usage.providers, names), usage.tool)))
    answers = {
        gettext("outil"): tools,
        gettext("données"): usage.data,
        gettext("personnes concernées"): usage.concerned,
        gettext("qui s'en sert"): usage.department,
        gettext("vérification"): usage.control,
        gettext("solution de secours"): usage.fallback,
    }
    return Shown(
        usage,
        tools,
        told(usage.data, DATA),
        told(usage.concerned, CONCERNED),
        tuple(name for name, answer in answers.items() if not answer),
        to_review=usage.active and usage.review_on is not None and usage.review_on <= today,
    )


def _words(field: str, held: object, names: Mapping[str, str]) -> str:
    known: Mapping[str, Mapping[str, str | Promise]] = {
        "providers": names,
        "data": DATA,
        "concerned": CONCERNED,
    }
    words = known.get(field)
    said = told(held, words) if words is not None and isinstance(held, list) else str(held)
    return said or gettext("rien")
