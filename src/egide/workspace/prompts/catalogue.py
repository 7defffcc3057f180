"""The prompts that a person may use: the ready ones, those that the company shares, one's own drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import F

from egide.reference.prompts import prompts
from egide.workspace.accounts.models import User
from egide.workspace.prompts import own, sealing
from egide.workspace.prompts.content import Content, of_ready
from egide.workspace.prompts.models import Prompt, State, Version
from egide.workspace.prompts.words import RISKS


@dataclass(frozen=True, slots=True)
class Entry:
    """A prompt. ``version`` is 0 for a ready one, which has no author, and for a draft."""

    ref: str
    content: Content
    version: int = 0
    author: str = ""
    author_id: int | None = None
    state: str = ""

    @property
    def department(self) -> str:
        """What its department is called."""
        return departments().get(self.content.department, self.content.department)

    @property
    def risk(self) -> str:
        """What the risk of a wrong answer is called."""
        return str(RISKS[self.content.risk])

    @property
    def state_word(self) -> str:
        """Where its draft stands, in words."""
        return str(State(self.state).label) if self.state else ""


def entries(reader: User) -> list[Entry]:
    """Every prompt that this person may use, in the order of their titles."""
    drafts = Prompt.objects.filter(author=reader, current__isnull=True).select_related("author")
    found = [*ready().values(), *_shared(), *map(of_draft, drafts)]
    return sorted(found, key=lambda entry: entry.content.title.casefold())


def _shared() -> Iterator[Entry]:
    """Those that the company shares: hundreds, read without making a row of each."""
    rows = Version.objects.filter(number=F("prompt__current")).values_list(
        "prompt",
        "number",
        "sealed_content",
        "prompt__author",
        "prompt__author__name",
        "prompt__author__email",
    )
    for prompt, number, sealed, author, name, email in rows:
        content = sealing.open_shared(prompt, number, bytes(sealed))
        yield Entry(str(prompt), content, number, name or email or "", author, State.SHARED)


def find(reader: User, ref: str) -> Entry:
    """The prompt of this name. Raises WorkspaceError EG-6471: for others it does not exist."""
    if (entry := ready().get(ref)) is not None:
        return entry
    known = Version.objects.filter(prompt=own.id_of(ref), number=F("prompt__current"))
    if (version := known.select_related("prompt__author").first()) is not None:
        return of_version(version)
    return of_draft(own.draft(reader, ref))


def of_version(version: Version) -> Entry:
    """A prompt as everybody reads it."""
    row = version.prompt
    author = row.author.shown if row.author else ""
    content = sealing.open_version(version)
    return Entry(str(row.pk), content, version.number, author, row.author_id, State.SHARED)


def of_draft(row: Prompt) -> Entry:
    """A prompt as its author has it."""
    author = row.author.shown if row.author else ""
    return Entry(str(row.pk), sealing.open_draft(row), 0, author, row.author_id, row.state)


@cache
def ready() -> dict[str, Entry]:
    """The ready prompts by name."""
    return {prompt.id: Entry(prompt.id, of_ready(prompt)) for prompt in prompts().prompts}


@cache
def departments() -> dict[str, str]:
    """What each department is called."""
    return {one.id: one.label for one in prompts().departments}
