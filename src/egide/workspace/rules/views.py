"""What happens to each kind of data when this person sends it, for each kind of service that is offered."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from egide.policy import Role, Trust, carrying
from egide.policy.document import PolicyDocument
from egide.workspace.accounts.access import person
from egide.workspace.policies import services, versions
from egide.workspace.policies.damage import told_when_altered
from egide.workspace.policies.shown import effective, profession
from egide.workspace.providers.models import TRUSTS
from egide.workspace.providers.services import in_force as providers
from egide.workspace.usages.services import available

OTHERS = ""


@never_cache
@require_safe
@told_when_altered
def mine(request: HttpRequest) -> HttpResponse:
    document = services.policy().document
    version = versions.latest()
    offered = {Trust(one.trust) for one in providers()}
    told = {
        "policy": document,
        "version": version,
        "professions": [profession(name) for name in document.professions],
        "trusts": list(_trusts(document, Role(person(request).role), offered)),
    }
    return render(request, "rules/mine.html", told)


def _trusts(
    document: PolicyDocument, role: Role, offered: set[Trust]
) -> Iterator[tuple[str | Promise, bool, tuple[str, ...], list[tuple[str, list[str]]]]]:
    """By kind of service: what it is called, whether one is offered, what is said, and what a usage adds."""
    # Where no rule names a usage, it has what all others have.
    named = {usage for rule in (*document.rules, *document.floors) for usage in rule.usages}
    usages = [usage for usage in available() if usage.id in named]
    for value, label in TRUSTS:
        trust = Trust(value)
        said = (
            *effective(document, OTHERS, role, trust, gettext),
            *carrying.towards(document, trust, gettext),
        )
        besides = [
            (
                usage.name,
                [one for one in effective(document, usage.id, role, trust, gettext) if one not in said],
            )
            for usage in usages
        ]
        yield label, trust in offered, said, [pair for pair in besides if pair[1]]
