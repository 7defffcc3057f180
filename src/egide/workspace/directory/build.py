"""Reads from the databases all that an exchange depends on, as one immutable snapshot."""

from __future__ import annotations

from django.db import transaction

from egide.policy import Caller, Person, Role, Usage
from egide.ports import Snapshot
from egide.workspace.charter import signing
from egide.workspace.company import services as company
from egide.workspace.directory.models import Version
from egide.workspace.keys.models import AccessKey
from egide.workspace.knowledge import sources as knowledge
from egide.workspace.limits import services as limits
from egide.workspace.notice import services as notice
from egide.workspace.policies import services as policies
from egide.workspace.providers import replacements
from egide.workspace.providers import services as providers


def version() -> int:
    """The number of the last change."""
    found = Version.objects.filter(id=1).values_list("number", flat=True).first()
    return found or 0


@transaction.atomic
def snapshot() -> Snapshot:
    """All of it, from one transaction. Raises when a part cannot be read: nothing is ever left out."""
    # First: it is made the first time, which is a change, too.
    company_id = company.current().public_id
    return Snapshot(
        version=version(),
        company=company_id,
        policy=policies.policy(),
        providers=providers.in_force(),
        fallbacks=replacements.in_force(),
        callers=_callers(),
        allowed=policies.exemptions(),
        terms=tuple(term.text for term in policies.terms()),
        knowledge=knowledge.sources(),
        uninformed=frozenset(notice.uninformed().values_list("public_id", flat=True)),
        unsigned=signing.refused_from(),
        limits=limits.in_force(),
        prices=limits.prices(),
    )


def _callers() -> dict[str, Caller]:
    live = AccessKey.objects.filter(revoked_at=None, person__is_active=True, usage__active=True)
    return {
        key.digest: Caller(
            Person(key.person.public_id, Role(key.person.role)),
            Usage(key.usage.slug, key.usage.name),
            key.public_id,
        )
        for key in live.select_related("person", "usage")
    }
