"""Imports of lists, one at a time: asked for, taken up by a thread, then in force whole or not at all.

Whoever reads tells how far it is every second or so; one that has been silent for five minutes is dead, even
on a machine that is very busy. A thread that comes back under the name of a dead one knows at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.knowledge import drafts, services
from egide.workspace.knowledge.columns import Layout, Role
from egide.workspace.knowledge.models import Draft, Import, TermList

T = TypeVar("T")
State = Import.State
logger = logging.getLogger(__name__)

_SILENT: Final = timedelta(minutes=5)
# Some milliseconds of work, then a pause in which the interpreter serves the pages and the exchanges.
_AT_ONCE, _PAUSE_SECONDS = 250, 0.002
_TELL_SECONDS: Final = 0.5


class _GivenUpError(Exception):
    """A pilot took the import away, or the server stops."""


def check_name(name: str) -> None:
    """Raise WorkspaceError EG-6206 when a list has this name, or will have it."""
    services.check_name(TermList, name)
    if Import.objects.filter(name__iexact=name).exclude(state=State.STOPPED).exists():
        raise WorkspaceError("EG-6206")


@transaction.atomic
def ask(draft: Draft, layout: Layout, by: User) -> Import:
    """Queue the import of a draft; once only. Raises WorkspaceError EG-6206 or EG-6208."""
    if not any(role in (Role.NAME, Role.SURNAME) for role in layout.roles):
        raise WorkspaceError("EG-6208")
    before = Import.objects.filter(draft=draft).first()
    if before is not None and before.state != State.STOPPED:
        return before
    check_name(draft.name)
    # Those that stopped under this name are tried again by this one.
    Import.objects.filter(name__iexact=draft.name).delete()
    return Import.objects.create(
        draft=draft,
        name=draft.name,
        kind=draft.kind,
        header=layout.header,
        roles=list(layout.roles),
        lines=draft.lines - layout.header,
        by=by,
    )


def under_way() -> dict[str, list[Import]]:
    """``imports``: all that are not in force, in their order; ``live``: those that have not stopped."""
    found = list(Import.objects.select_related("by"))
    return {"imports": found, "live": [one for one in found if one.state != State.STOPPED]}


@transaction.atomic
def drop(one: Import) -> None:
    """Forget it and its draft; the thread that reads it will notice."""
    Draft.objects.filter(started=one.pk).delete()
    Import.objects.filter(pk=one.pk).delete()


def interrupt(runner: str) -> int:
    """Mark what the dead thread of this name was reading. How many there were."""
    return _stop(Import.objects.filter(runner=runner, state=State.RUNNING), "EG-6210")


def claim(runner: str) -> Import | None:
    """The next import, for this thread; none when nothing waits or another one is being read."""
    if not Import.objects.exclude(state=State.STOPPED).exists():
        return None
    with transaction.atomic():
        # Locked, so that two processes do not both take the first.
        live = list(Import.objects.select_for_update().exclude(state=State.STOPPED).order_by("at"))
        now = timezone.now()
        running = [one for one in live if one.state == State.RUNNING]
        silent = [one.pk for one in running if one.beat < now - _SILENT]
        _stop(Import.objects.filter(pk__in=silent), "EG-6210")
        waiting = [one for one in live if one.state == State.WAITING]
        if len(running) > len(silent) or not waiting:
            return None
        waiting[0].state, waiting[0].runner, waiting[0].beat = State.RUNNING, runner, now
        waiting[0].save()
    return waiting[0]


def run(one: Import, going: Callable[[], bool] = lambda: True) -> None:
    """Read a claimed import to its end, or mark why not; ``going`` turns false when the server stops."""
    try:
        _finish(one, _read(one, going))
    except _GivenUpError:
        _stop(Import.objects.filter(pk=one.pk), "EG-6210")
    except WorkspaceError as refused:
        _stop(Import.objects.filter(pk=one.pk), refused.code)
    except Exception as problem:  # whatever happened, the pilot must be told
        # The type only: a message could quote a name of the list.
        logger.error("import failed: %s", type(problem).__name__)
        _stop(Import.objects.filter(pk=one.pk), "EG-6211")


def _read(one: Import, going: Callable[[], bool]) -> TermList:
    if one.draft is None:
        raise WorkspaceError("EG-6207")
    rows = islice(drafts.rows_of(one.draft), int(one.header), None)
    found = services.compiled(_watched(rows, one, going), [Role(role) for role in one.roles], one.kind)
    found.name, found.by = one.name, one.by
    return found


def _watched(rows: Iterable[T], one: Import, going: Callable[[], bool]) -> Iterator[T]:
    """``rows``, with pauses, telling how many went by. Raises _GivenUpError when it should end."""
    told = time.monotonic()
    for number, row in enumerate(rows):
        if number % _AT_ONCE == 0:
            time.sleep(_PAUSE_SECONDS)
            if not going():
                raise _GivenUpError
            if time.monotonic() - told > _TELL_SECONDS:
                _tell(one, number)
                told = time.monotonic()
        yield row
    _tell(one, one.lines)


def _tell(one: Import, read: int) -> None:
    ours = Import.objects.filter(pk=one.pk, state=State.RUNNING)
    if not ours.update(read=read, beat=timezone.now()):
        raise _GivenUpError


@transaction.atomic
def _finish(one: Import, found: TermList) -> None:
    Draft.objects.filter(started=one.pk).delete()
    if not Import.objects.filter(pk=one.pk, state=State.RUNNING).delete()[0]:
        raise _GivenUpError
    services.keep(found)


def _stop(some: QuerySet[Import], problem: str) -> int:
    return some.update(state=State.STOPPED, problem=problem)
