"""Keeps lists and confidential documents: their keyed hashes, never their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from egide.detection.knowledge.compiling import compile_terms
from egide.detection.knowledge.cutting import cut
from egide.detection.knowledge.phrases import Phrase
from egide.detection.knowledge.winnowing import fingerprint
from egide.detection.view import fold
from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.knowledge.columns import Role, phrases
from egide.workspace.knowledge.keys import key
from egide.workspace.knowledge.limits import FEWEST_WORDS, MOST_ENTRIES
from egide.workspace.knowledge.models import Document, Known, TermList
from egide.workspace.knowledge.readers import text_of


def check_name(model: type[Known], name: str) -> None:
    """Raise WorkspaceError EG-6206 when one already has this name."""
    if model._default_manager.filter(name__iexact=name).exists():
        raise WorkspaceError("EG-6206")


def compiled(rows: Iterable[Sequence[str]], roles: Sequence[Role], kind: str) -> TermList:
    """A list of what ``rows`` name, without a name yet nor kept. Raises WorkspaceError EG-6205 when empty."""
    tally = _Tally(rows, roles, kind)
    packed = compile_terms(tally.phrases(), key())
    if not tally.count:
        raise WorkspaceError("EG-6205")
    skipped = tally.rows - tally.count
    return TermList(kind=kind, packed=packed, count=tally.count, weak=tally.weak, skipped=skipped)


@transaction.atomic
def keep(found: TermList) -> None:
    """Put a list in force. Raises WorkspaceError EG-6204 or EG-6206."""
    if found.count + entries() > MOST_ENTRIES:
        raise WorkspaceError("EG-6204", limit=MOST_ENTRIES)
    _save(found)


def lists() -> QuerySet[TermList]:
    """Those in force, without what they hold."""
    return TermList.objects.defer("packed").select_related("by")


def declare(name: str, file_name: str, data: bytes, by: User | None) -> Document:
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
    """Counts the rows, and those that name something, while their phrases go by."""

    def __init__(self, rows: Iterable[Sequence[str]], roles: Sequence[Role], kind: str) -> None:
        self._rows, self._roles, self._kind = rows, roles, kind
        self.rows = self.count = self.weak = 0

    def phrases(self) -> Iterator[Phrase]:
        for row in self._rows:
            found = list(phrases(row, self._roles, self._kind))
            self.rows += 1
            self.count += bool(found)
            self.weak += bool(found) and found[0].weak
            yield from found
