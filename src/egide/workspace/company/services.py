"""Reads and names the company."""

from __future__ import annotations

from egide.workspace.company.models import Company


def current() -> Company:
    """The company, made with no name the first time."""
    return Company.objects.get_or_create(id=1)[0]


def rename(name: str, *, force: bool = False) -> None:
    """Give the company its name. An empty one changes nothing, unless ``force`` is set."""
    found = current()
    if name.strip() or force:
        found.name = name.strip()
        found.save()
