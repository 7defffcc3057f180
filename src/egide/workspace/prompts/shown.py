"""The library as the page lists it: favourites first, then by title."""

from __future__ import annotations

from dataclasses import dataclass

from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue, marks
from egide.workspace.prompts.catalogue import Entry
from egide.workspace.prompts.marks import Average


@dataclass(frozen=True, slots=True)
class Line:
    """A prompt in the list. ``words`` is what the search reads."""

    entry: Entry
    favourite: bool
    average: Average | None

    @property
    def words(self) -> str:
        """Title, purpose, department and text, in one string."""
        content = self.entry.content
        return " ".join((content.title, content.use_case, self.entry.department, content.template))


def lines(reader: User, department: str = "") -> list[Line]:
    """The prompts that this person may use, those of one department when it is named."""
    wanted, averages = marks.favourites(reader), marks.averages()
    found = [
        Line(entry, entry.ref in wanted, averages.get(entry.ref))
        for entry in catalogue.entries(reader)
        if department not in catalogue.departments() or entry.content.department == department
    ]
    return sorted(found, key=lambda line: not line.favourite)
