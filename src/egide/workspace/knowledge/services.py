"""Keeps lists and confidential documents: their keyed hashes, never their text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Sum

from egide.detection.knowledge.compiling import compile_terms
from egide.detection.knowledge.cutting import cut
from egide.detection.knowledge.phrases import Phrase
from egide.detection.knowledge.winnowing import fingerprint
from egide.detection.view import fold
from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.knowledge import drafts
from egide.workspace.knowledge.columns import Layout, Role, phrases
from egide.workspace.knowledge.keys import key
from egide.workspace.knowledge.limits import FEWEST_WORDS, MOST_ENTRIES
from egide.workspace.knowledge.models import Document, Draft, Known, TermList
from egide.workspace.knowledge.readers import text_of


def check_name(model: type[Known], name: str) -> None:
    """Raise WorkspaceError EG-6206 when one already has this name."""
    if model._default_manager.filter(name__iexact=name).exists():
        raise WorkspaceError("EG-6206")


def finish_import(draft: Draft, layout: Layout, by: User) -> TermList:
    """Keep the list and forget the draft. Raises WorkspaceError EG-6204, EG-6205, EG-6206 or EG-6208."""
    if not any(role in (Role.NAME, Role.SURNAME) for role in layout.roles):
        raise WorkspaceError("EG-6208")
    check_name(TermList, draft.name)
    rows = drafts.rows_of(draft)[layout.header :]
    tally = _Tally(rows, layout, draft.kind)
    packed = compile_terms(tally.phrases(), key())
    if not tally.count:
        raise WorkspaceError("EG-6205")
    if tally.count + entries() > MOST_ENTRIES:
        raise WorkspaceError("EG-6204", limit=MOST_ENTRIES)
    found = TermList(name=draft.name, kind=draft.kind, packed=packed, by=by)
    found.count, found.weak, found.skipped = tally.count, tally.weak, len(rows) - tally.count
    with transaction.atomic():
        _save(found)
        draft.delete()
    return found


def declare(name: str, file_name: str, data: bytes, by: User) -> Document:
    """Keep the fingerprint of a confidential document. Raises WorkspaceError EG-6201 to EG-6206, EG-6209."""
    check_name(Document, name)
    text = text_of(file_name, data)
    words = len(cut(fold(text)))
    if words < FEWEST_WORDS:
        raise WorkspaceError("EG-6209", fewest=FEWEST_WORDS)
    found = Document(name=name, packed=fingerprint(text, key()), words=words, by=by)
    _save(found)
    return found


def entries() -> int:
    """How many entries all lists hold."""
    return TermList.objects.aggregate(total=Sum("count"))["total"] or 0


def _save(one: Known) -> None:
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise WorkspaceError("EG-6206") from None


class _Tally:
    """Counts the rows that name something while their phrases go by."""

    def __init__(self, rows: Sequence[Sequence[str]], layout: Layout, kind: str) -> None:
        self._rows, self._roles, self._kind = rows, layout.roles, kind
        self.count = self.weak = 0

    def phrases(self) -> Iterator[Phrase]:
        for row in self._rows:
            found = list(phrases(row, self._roles, self._kind))
            self.count += bool(found)
            self.weak += bool(found) and found[0].weak
            yield from found
