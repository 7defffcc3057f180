"""Prompts that people write: for themselves, then for all once a pilot has approved the very text."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.justifications.services import decides_alone
from egide.workspace.prompts import sealing
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.models import Case, Favourite, Prepared, Prompt, Rating, State, Version

MOST: Final = 200
"""Prompts of one person: a script must not fill the library."""
LONGEST_WORD: Final = 500


@transaction.atomic
def write(
    author: User, content: Content, now: datetime, ref: str = "", *, name: UUID | None = None
) -> Prompt:
    """A new prompt, or the new text of one's own: a draft, whatever it was. Raises EG-6471 or EG-6475.

    ``name``: that of the new one, unless there is one of that name.
    """
    if ref:
        row = _mine(author, ref)
        if row.state == State.SHARED and sealing.open_draft(row) == content:
            return row
    elif Prompt.objects.filter(author=author).count() >= MOST:
        raise WorkspaceError("EG-6475", limit=MOST)
    else:
        taken = name is None or Prompt.objects.filter(pk=name).exists()
        row = Prompt(author=author) if taken else Prompt(pk=name, author=author)
    row.sealed_draft = sealing.seal_draft(row, content)
    row.state, row.sealed_word, row.changed_at = State.DRAFT, b"", now
    row.save(force_insert=row._state.adding)
    return row


@transaction.atomic
def submit(author: User, ref: str, now: datetime) -> None:
    """Ask a pilot to approve the draft. Raises WorkspaceError EG-6471."""
    row = _mine(author, ref)
    if row.state in (State.DRAFT, State.REFUSED):
        row.state, row.sealed_word, row.changed_at = State.WAITING, b"", now
        row.save()


@transaction.atomic
def take_back(author: User, ref: str) -> None:
    """No longer ask. Raises WorkspaceError EG-6471."""
    row = _mine(author, ref)
    if row.state == State.WAITING:
        row.state = State.DRAFT
        row.save()


@transaction.atomic
def decide(pilot: User, ref: str, seen: str, now: datetime, *, accepted: bool, word: str = "") -> Prompt:
    """Approve the text whose digest is ``seen``, or refuse it, with a word to its author.

    Raises WorkspaceError EG-6473 when it no longer waits or is another text, EG-6474 for one's own.
    """
    row = _locked(Q(pk=id_of(ref), state=State.WAITING))
    if row is None or sealing.digest(content := sealing.open_draft(row)) != seen:
        raise WorkspaceError("EG-6473")
    if row.author_id == pilot.pk and not decides_alone(pilot):
        raise WorkspaceError("EG-6474")
    if accepted:
        row.current = (row.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = Version(prompt=row, number=row.current, approved_by=pilot, approved_at=now)
        version.sealed_content = sealing.seal_version(version, content)
        version.save(force_insert=True)
    row.state = State.SHARED if accepted else State.REFUSED
    row.sealed_word, row.changed_at = sealing.seal_word(row, word.strip()[:LONGEST_WORD]), now
    row.save()
    return row


@transaction.atomic
def withdraw(by: User, ref: str) -> None:
    """Offer it to nobody any more; its author keeps the text as a draft. Author or pilot only: EG-6471."""
    row = _locked(Q(pk=id_of(ref)) & (Q() if by.is_pilot else Q(author=by)) & Q(current__isnull=False))
    if row is None:
        raise WorkspaceError("EG-6471")
    if row.author_id is None:
        _forget(row)
    else:
        row.current = None
        row.state = State.DRAFT if row.state == State.SHARED else row.state
        row.save()


@transaction.atomic
def remove(author: User, ref: str) -> None:
    """Delete one's own prompt, for everybody. Raises WorkspaceError EG-6471."""
    _forget(_mine(author, ref))


def mine(author: User) -> list[Prompt]:
    """Those that this person wrote, the latest first."""
    return list(Prompt.objects.filter(author=author).select_related("author"))


def draft(author: User, ref: str) -> Prompt:
    """One's own. Raises WorkspaceError EG-6471."""
    row = Prompt.objects.filter(pk=id_of(ref), author=author).select_related("author").first()
    if row is None:
        raise WorkspaceError("EG-6471")
    return row


def waiting() -> int:
    """How many prompts wait for a pilot."""
    return Prompt.objects.filter(state=State.WAITING).count()


def _mine(author: User, ref: str) -> Prompt:
    if (row := _locked(Q(pk=id_of(ref), author=author))) is None:
        raise WorkspaceError("EG-6471")
    return row


def _locked(which: Q) -> Prompt | None:
    return Prompt.objects.select_for_update().filter(which).first()


def _forget(row: Prompt) -> None:
    for marked in (Favourite, Rating, Prepared, Case):
        marked.objects.filter(ref=str(row.pk)).delete()
    row.delete()


def id_of(ref: str) -> UUID:
    """The id that this name writes. Raises WorkspaceError EG-6471."""
    try:
        written = UUID(ref)
    except ValueError:
        raise WorkspaceError("EG-6471") from None
    if str(written) != ref:
        raise WorkspaceError("EG-6471")
    return written
