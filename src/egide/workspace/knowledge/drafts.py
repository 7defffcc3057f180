"""A list whose columns are still to be told: sealed, for its author alone, for one hour."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.knowledge.models import Draft, Import
from egide.workspace.knowledge.readers import table_of

_KEPT: Final = timedelta(hours=1)
State = Import.State


def start(name: str, kind: str, file_name: str, data: bytes, by: User) -> Draft:
    """Read a file and keep its rows, sealed. Raises WorkspaceError EG-6201 to EG-6205."""
    purge(timezone.now())
    table = table_of(file_name, data)
    if not table.rows:
        raise WorkspaceError("EG-6205")
    draft = Draft(name=name, kind=kind, described=table.described, lines=len(table.rows), by=by)
    written = io.StringIO(newline="")
    csv.writer(written).writerows(table.rows)
    draft.sealed = wiring.keyring().seal(written.getvalue().encode("utf-8", "surrogatepass"), _context(draft))
    draft.save()
    return draft


def find(pk: uuid.UUID, by: User) -> Draft:
    """The draft, of this person. Raises WorkspaceError EG-6207 when it is gone."""
    found = Draft.objects.filter(pk=pk, by=by, at__gte=timezone.now() - _KEPT).first()
    if found is None:
        raise WorkspaceError("EG-6207")
    return found


def rows_of(draft: Draft) -> Iterator[list[str]]:
    """Its rows, in clear, one by one."""
    written = wiring.keyring().open(bytes(draft.sealed), _context(draft)).decode("utf-8", "surrogatepass")
    return csv.reader(io.StringIO(written, newline=""))


def purge(now: datetime) -> int:
    """Forget the drafts that nobody finished. How many there were."""
    old = Draft.objects.filter(at__lt=now - _KEPT).exclude(started__state__in=[State.WAITING, State.RUNNING])
    # Looked for first: a deletion takes the lock for writing even when there is nothing to delete.
    return old.delete()[0] if old.exists() else 0


def _context(draft: Draft) -> str:
    return f"knowledge/draft/{draft.id}"
