"""Lists and documents as sources of findings, for the snapshot. What has not changed is not built again."""

from __future__ import annotations

from threading import Lock

from egide.detection.knowledge.copies import Copies
from egide.detection.knowledge.copies import Document as Fingerprint
from egide.detection.knowledge.lists import Lists
from egide.detection.knowledge.lists import TermList as Compiled
from egide.detection.recogniser import Source
from egide.workspace.knowledge.keys import key
from egide.workspace.knowledge.models import Document, TermList

Shown = tuple[object, ...]


class _Built:
    """What was built last, and from what."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lists: tuple[Shown, tuple[Source, ...]] = ((), ())
        self._copies: tuple[Shown, tuple[Source, ...]] = ((), ())

    def sources(self) -> tuple[Source, ...]:
        with self._lock:
            lists = tuple(TermList.objects.values_list("stamp", "name", "kind"))
            if lists != self._lists[0]:
                self._lists = (lists, _lists() if lists else ())
            documents = tuple(Document.objects.values_list("stamp", "name"))
            if documents != self._copies[0]:
                self._copies = (documents, _copies() if documents else ())
            return self._lists[1] + self._copies[1]


def _lists() -> tuple[Source, ...]:
    rows = TermList.objects.values_list("name", "kind", "packed")
    return (Lists([Compiled(name, kind, bytes(packed)) for name, kind, packed in rows], key()),)


def _copies() -> tuple[Source, ...]:
    rows = Document.objects.values_list("name", "packed")
    return (Copies([Fingerprint(name, bytes(packed)) for name, packed in rows], key()),)


_built = _Built()


def sources() -> tuple[Source, ...]:
    """All of it. Raises when a part cannot be read: nothing is ever left out."""
    return _built.sources()
