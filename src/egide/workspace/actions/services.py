"""Opens actions, says who sees which, and changes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import RUNNING, Action, Origin, State


def open_shared(origin: Origin, reference: str, owner: User, due: date) -> Action:
    """The company's action on this point: the one that runs, or a new one."""
    return Action.objects.get_or_create(
        origin=origin,
        reference=reference,
        about=None,
        state__in=RUNNING,
        defaults={"owner": owner, "due": due, "state": State.TODO},
    )[0]


def open_own(origin: Origin, reference: str, person: User, due: date) -> Action:
    """The person's own action on this point, which nobody else sees: the one that runs, or a new one."""
    return Action.objects.get_or_create(
        origin=origin,
        reference=reference,
        about=person,
        state__in=RUNNING,
        defaults={"owner": person, "due": due, "shared": False, "state": State.TODO},
    )[0]


def settle_own(origin: Origin, reference: str, person: User) -> Action | None:
    """What the person had to do on this point is done, as far as nobody else sees it.

    What they asked help for stays as it is, and is given back: its end would tell pilots what they answered.
    """
    running = Action.objects.filter(origin=origin, reference=reference, about=person, state__in=RUNNING)
    running.filter(shared=False).update(state=State.DONE, changed_at=timezone.now())
    return running.filter(shared=True).first()


def ask_for_help(pk: int, person: User) -> None:
    """From now on pilots see this action of the person, by name. Raises WorkspaceError EG-6494."""
    if not Action.objects.filter(pk=pk, about=person).update(shared=True, changed_at=timezone.now()):
        raise WorkspaceError("EG-6494")


def visible_to(person: User) -> QuerySet[Action]:
    """Their own, those given to them, and for a pilot all that are shared."""
    seen = Q(owner=person) | Q(about=person)
    if person.is_pilot:
        seen |= Q(shared=True)
    return Action.objects.filter(seen).select_related("owner", "about")


def mine(person: User) -> int:
    """How many this person still has to do."""
    return Action.objects.filter(owner=person, state__in=RUNNING).count()


def running(origin: Origin, references: Iterable[str]) -> dict[str, Action]:
    """The company's actions that run on these points."""
    found = Action.objects.filter(
        origin=origin, reference__in=list(references), about=None, state__in=RUNNING
    ).select_related("owner")
    return {one.reference: one for one in found}


def running_own(origin: Origin, person: User) -> dict[str, Action]:
    """This person's own actions that run, by what they come from."""
    found = Action.objects.filter(origin=origin, about=person, state__in=RUNNING)
    return {one.reference: one for one in found}
