"""Newer files of the directory: given, shown as a difference, taken or given up, and undone."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from egide.errors import WorkspaceError
from egide.reference.programmes import Programmes
from egide.workspace.accounts.models import User
from egide.workspace.programmes.directory import in_force
from egide.workspace.programmes.models import Release
from egide.workspace.programmes.receiving import received

AHEAD: Final = timedelta(days=7)
"""How far ahead of this machine's clock a file may be."""


def give(content: bytes, by: User) -> Release:
    """Read and check a newer file; it waits to be taken, in the place of one that waited before.

    Raises WorkspaceError EG-6452, EG-6453, EG-6454 (see ``receiving``), EG-6455 (not newer) or EG-6462 (from
    the future).
    """
    file = received(content)
    _check_is_newer(file)
    told = file.model_dump_json()
    digest = hashlib.sha256(told.encode()).hexdigest()
    with transaction.atomic():
        Release.objects.filter(taken_at=None).delete()
        kept = {"prepared_on": file.prepared, "content": told, "by": by, "given_at": timezone.now()}
        return Release.objects.update_or_create(digest=digest, defaults=kept)[0]


def waiting() -> Release | None:
    """The file that waits to be taken."""
    return Release.objects.filter(taken_at=None).select_related("by").first()


def taken() -> Release | None:
    """The newest file that was taken, whether it is in force or Égide since brought a newer one."""
    return Release.objects.filter(taken_at__isnull=False).select_related("by").defer("content").first()


def read(release: Release) -> Programmes:
    """The file of a release. Raises WorkspaceError EG-6454 when another version of Égide checked it."""
    try:
        return Programmes.model_validate_json(release.content)
    except ValidationError as wrong:
        raise WorkspaceError("EG-6454", count=wrong.error_count()) from None


@transaction.atomic
def take(pk: int, by: User) -> Release:
    """Put the waiting file in force. Raises WorkspaceError EG-6456 (no longer waits), or as ``give`` does."""
    release = Release.objects.select_for_update().filter(pk=pk, taken_at=None).first()
    if release is None:
        raise WorkspaceError("EG-6456")
    _check_is_newer(read(release))
    release.by, release.taken_at = by, timezone.now()
    release.save()
    return release


def give_up(pk: int) -> None:
    """Forget a file that waits. Raises WorkspaceError EG-6456."""
    if not Release.objects.filter(pk=pk, taken_at=None).delete()[0]:
        raise WorkspaceError("EG-6456")


def undo(pk: int) -> None:
    """Forget the file in force: the one before it counts again. Raises WorkspaceError EG-6456."""
    last = taken()
    if last is None or last.pk != pk:
        raise WorkspaceError("EG-6456")
    last.delete()


def _check_is_newer(file: Programmes) -> None:
    # One from the future would keep every later file out.
    if file.prepared > timezone.localdate() + AHEAD:
        raise WorkspaceError("EG-6462", given=file.prepared.isoformat())
    now = in_force().prepared
    if file.prepared <= now:
        raise WorkspaceError("EG-6455", given=file.prepared.isoformat(), now=now.isoformat())
