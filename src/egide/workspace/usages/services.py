"""Declares and reads usages."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from egide import policy
from egide.errors import WorkspaceError
from egide.workspace.usages.models import Usage

DEFAULT = "assistance"


def default() -> Usage:
    """The usage of who names none; made the first time."""
    return Usage.objects.get_or_create(
        slug=DEFAULT,
        defaults={
            "name": "Aide à la rédaction",
            "description": "Écrire, reformuler, résumer ou traduire un texte de tous les jours.",
        },
    )[0]


def available() -> tuple[policy.Usage, ...]:
    """Active usages, the default one first."""
    found = Usage.objects.filter(active=True)
    return tuple(policy.Usage(u.slug, u.name) for u in sorted(found, key=lambda u: u.slug != DEFAULT))


def find(slug: str) -> Usage:
    """The active usage with this identifier. Raises WorkspaceError EG-6003."""
    usage = Usage.objects.filter(slug=slug, active=True).first()
    if usage is None:
        raise WorkspaceError("EG-6003", usage=slug)
    return usage


def add(name: str, description: str = "", slug: str = "") -> Usage:
    """Declare a usage. Raises WorkspaceError EG-6012 when its identifier is taken."""
    slug = slug or slugify(name)[:64] or "usage"
    try:
        with transaction.atomic():
            return Usage.objects.create(slug=slug, name=name.strip(), description=description.strip())
    except IntegrityError:
        raise WorkspaceError("EG-6012", usage=slug) from None
