"""Declares, decides and reads usages."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from egide import policy
from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.usages.models import Change, Event, State, Undeclared, Usage

DEFAULT = "assistance"
RESERVED: Final = frozenset({"ajouter", "nos", "observes", "sans-nom"})
"""Addresses of pages: no usage may have them for identifier."""
ANSWERS: Final = (
    "name", "description", "providers", "tool", "data", "concerned", "department", "control", "fallback",
)  # fmt: skip
"""What a declaration says, and its history keeps."""
MOST_WAITING: Final = 50
"""Declarations of one person that wait: a script must not fill the pilot's page."""
MOST_UNDECLARED: Final = 500


def default() -> Usage:
    """The usage of who names none; made the first time."""
    return Usage.objects.get_or_create(
        slug=DEFAULT,
        defaults={
            "name": "Aide à la rédaction",
            "description": "Écrire, reformuler, résumer ou traduire un texte de tous les jours.",
            "state": State.VALIDATED,
            "active": True,
        },
    )[0]


def available() -> tuple[policy.Usage, ...]:
    """Active usages, the default one first."""
    found = Usage.objects.filter(active=True)
    return tuple(policy.Usage(u.slug, u.name) for u in sorted(found, key=lambda u: u.slug != DEFAULT))


def offered() -> tuple[policy.Usage, ...]:
    """Those to choose from: the active ones; the default one is made when nothing was ever declared."""
    if not (declared := available()):
        default()
        declared = available()
    return declared


def find(slug: str) -> Usage:
    """The active usage with this identifier. Raises WorkspaceError EG-6003."""
    usage = Usage.objects.filter(slug=slug, active=True).first()
    if usage is None:
        raise WorkspaceError("EG-6003", usage=slug)
    return usage


@transaction.atomic
def add(
    name: str,
    description: str = "",
    slug: str = "",
    *,
    by: User | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Usage:
    """Make a usage that is validated at once. Raises WorkspaceError EG-6012 when its identifier is taken."""
    slug = slug or _slug(name)
    told = {**(answers or {}), "name": name.strip(), "description": description.strip()}
    try:
        with transaction.atomic():
            usage = Usage.objects.create(
                **told,
                slug=slug,
                active=True,
                state=State.VALIDATED,
                **_signed("declared", by),
                **_signed("decided", by),
            )
    except IntegrityError:
        raise WorkspaceError("EG-6012", usage=slug) from None
    _note(usage, Event.VALIDATED, by)
    return usage


@transaction.atomic
def declare(answers: Mapping[str, Any], by: User) -> Usage:
    """Propose a usage: nobody may use it before a pilot validates it.

    Its identifier is made free of those taken, so that a name refused tells nothing of what others
    declared. Raises WorkspaceError EG-6531 when too many of this person wait.
    """
    if Usage.objects.filter(declared_by=by, state=State.PROPOSED).count() >= MOST_WAITING:
        raise WorkspaceError("EG-6531", limit=MOST_WAITING)
    slug = _slug(answers["name"])
    if Usage.objects.filter(slug=slug).exists():
        slug = f"{slug[:55]}-{secrets.token_hex(4)}"
    usage = Usage.objects.create(**answers, slug=slug, **_signed("declared", by))
    _note(usage, Event.DECLARED, by)
    return usage


@transaction.atomic
def change(pk: int, answers: Mapping[str, Any], by: User, *, unsettled: bool = False) -> Usage:
    """Say it otherwise. One that is not validated waits for a pilot (again). What it said is kept.

    ``unsettled``: only if no pilot has validated it meanwhile, else WorkspaceError EG-6532.
    """
    usage = Usage.objects.select_for_update().get(pk=pk)
    if unsettled and usage.state == State.VALIDATED:
        raise WorkspaceError("EG-6532")
    if usage.state != State.VALIDATED:
        usage.state, usage.reason = State.PROPOSED, ""
    before = {name: getattr(usage, name) for name in ANSWERS if name in answers}
    before = {name: held for name, held in before.items() if held != answers[name]}
    for name, value in answers.items():
        setattr(usage, name, value)
    usage.save()
    if before or usage.state == State.PROPOSED:
        _note(usage, Event.CHANGED, by, before=before)
    return usage


def validate(pk: int, by: User, review_on: date, *, read: int) -> Usage:
    """Let the gateway know it, and people choose it. ``read``: the last change that the pilot has read.

    Raises WorkspaceError EG-6532 when it does not wait, EG-6534 when it changed meanwhile.
    """
    return _decide(
        pk, by, Event.VALIDATED, read, state=State.VALIDATED, active=True, review_on=review_on, reason=""
    )


def send_back(pk: int, by: User, reason: str, *, read: int) -> Usage:
    """Ask for more, with the reason. Raises WorkspaceError as ``validate`` does."""
    return _decide(pk, by, Event.RETURNED, read, state=State.RETURNED, reason=reason.strip())


def withdraw(pk: int, by: User) -> None:
    """Take back one's own declaration, unless it is validated.

    Raises WorkspaceError EG-6532 when it is, EG-6606 when a proof that is kept stands on it.
    """
    try:
        gone, _ = Usage.objects.filter(pk=pk, declared_by=by).exclude(state=State.VALIDATED).delete()
    except ProtectedError:
        raise WorkspaceError("EG-6606") from None
    if not gone:
        raise WorkspaceError("EG-6532")


def last_change(usage: Usage) -> int:
    """The number of the latest line of its history; 0 when it has none."""
    return usage.changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def waiting() -> int:
    """How many declarations wait for a pilot."""
    return Usage.objects.filter(state=State.PROPOSED).count()


def returned(person: User) -> int:
    """How many declarations of this person wait for them to say more."""
    return Usage.objects.filter(declared_by=person, state=State.RETURNED).count()


def seen_by(person: User) -> QuerySet[Usage]:
    """What a person may read here: what is in force, and their own declarations."""
    return Usage.objects.filter(Q(active=True) | Q(declared_by=person))


def tell_undeclared(tool: str, purpose: str, data: list[str]) -> None:
    """Keep what somebody tells without a name. Raises WorkspaceError EG-6533 when there is no more room."""
    if Undeclared.objects.count() >= MOST_UNDECLARED:
        raise WorkspaceError("EG-6533")
    month = timezone.localdate().replace(day=1)
    Undeclared.objects.create(tool=tool, purpose=purpose, data=data, day=month)


@transaction.atomic
def propose_undeclared(told: Undeclared, by: User) -> Usage:
    """Make a proposed usage of what was told without a name, which is then forgotten.

    Raises WorkspaceError EG-6532 when another pilot did so meanwhile.
    """
    if not Undeclared.objects.filter(pk=told.pk).delete()[0]:
        raise WorkspaceError("EG-6532")
    answers = {
        "name": told.tool[:80],
        "description": told.purpose,
        "tool": told.tool,
        "data": told.data,
    }
    return declare(answers, by)


@transaction.atomic
def _decide(pk: int, by: User, event: Event, read: int, **fields: Any) -> Usage:
    usage = Usage.objects.select_for_update().filter(pk=pk, state=State.PROPOSED).first()
    if usage is None:
        raise WorkspaceError("EG-6532")
    if read != last_change(usage):
        raise WorkspaceError("EG-6534")
    for name, value in (fields | _signed("decided", by)).items():
        setattr(usage, name, value)
    usage.save()
    _note(usage, event, by, reason=usage.reason)
    return usage


def _signed(what: str, by: User | None) -> dict[str, Any]:
    return {f"{what}_by": by, f"{what}_at": timezone.now()}


def _note(
    usage: Usage, event: Event, by: User | None, *, before: Mapping[str, Any] | None = None, reason: str = ""
) -> None:
    Change.objects.create(usage=usage, event=event, by=by, before=dict(before or {}), reason=reason)


def _slug(name: str) -> str:
    slug = slugify(name)[:64].strip("-_") or "usage"
    return f"usage-{slug}" if slug in RESERVED else slug
