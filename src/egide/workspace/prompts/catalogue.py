"""The prompts that a person may read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from egide.errors import WorkspaceError
from egide.reference.prompts import prompts
from egide.workspace.accounts.models import User
from egide.workspace.prompts.content import Content, of_ready


@dataclass(frozen=True, slots=True)
class Entry:
    """A prompt. ``version`` is 0 for a ready one, which has no author."""

    ref: str
    content: Content
    version: int = 0
    author: str = ""

    @property
    def department(self) -> str:
        """What its department is called."""
        return departments().get(self.content.department, self.content.department)


def entries(reader: User) -> list[Entry]:
    """Every prompt that this person may use, in the order of their titles."""
    return sorted(ready().values(), key=lambda entry: entry.content.title.casefold())


def find(reader: User, ref: str) -> Entry:
    """The prompt of this name. Raises WorkspaceError EG-6471: for others it does not exist."""
    if (entry := ready().get(ref)) is None:
        raise WorkspaceError("EG-6471")
    return entry


@cache
def ready() -> dict[str, Entry]:
    """The ready prompts by name."""
    return {prompt.id: Entry(prompt.id, of_ready(prompt)) for prompt in prompts().prompts}


@cache
def departments() -> dict[str, str]:
    """What each department is called."""
    return {one.id: one.label for one in prompts().departments}
