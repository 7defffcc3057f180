"""Reads and names the company."""

from __future__ import annotations

from egide.workspace.company.models import Company


def current() -> Company:
    """The company, made with no name the first time."""
    return Company.objects.get_or_create(id=1)[0]


def rename(name: str) -> None:
    """Give the company its name, if one is given."""
    if name.strip():
        current()
        Company.objects.filter(id=1).update(name=name.strip())
