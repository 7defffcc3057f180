"""Loads and removes the example company. Both may be called again: the result is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from egide.policy import Trust
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.example import life
from egide.workspace.example.company import Example, example
from egide.workspace.knowledge import services as knowledge
from egide.workspace.knowledge.columns import Role as Column
from egide.workspace.knowledge.models import Document, TermList
from egide.workspace.policies import services as policies
from egide.workspace.policies.models import Term
from egide.workspace.providers import services as providers
from egide.workspace.providers.models import Provider
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage


@dataclass(frozen=True, slots=True)
class ExampleProvider:
    """A provider to add with the example: what answers depends on where it runs."""

    name: str
    base_url: str
    kind: str = "openai"
    trust: Trust = Trust.PUBLIC
    models: tuple[str, ...] = ()
    api_key: str | None = field(default=None, repr=False)


@transaction.atomic
def load(offered: Sequence[ExampleProvider]) -> None:
    """Fill the workspace. What is already there under the same name is kept as it is."""
    told = example()
    if not company.current().name:
        company.rename(told.name)
    usages.default()
    for provider in offered:
        _provide(provider)
    services = list(Provider.objects.filter(active=True).values_list("slug", flat=True))
    for usage in told.usages:
        if not Usage.objects.filter(slug=usage.slug).exists():
            answers = usage.answers | {"providers": services}
            usages.add(usage.name, usage.description, usage.slug, answers=answers)
    for term in told.terms:
        policies.hide(term, None)
    for value in told.exemptions:
        policies.allow(value, None)
    _declare(told)
    _people(told)


@transaction.atomic
def remove(names: Sequence[str] = ()) -> None:
    """Take the example away; ``names``: its providers. What real people made or use stays."""
    told = example()
    life.remove(told, User.objects.filter(email__in=[person.email for person in told.people]))
    for usage in Usage.objects.filter(slug__in=[usage.slug for usage in told.usages]):
        _retire(usage)
    ours = {term.id for term in policies.terms() if term.text in told.terms}
    for term in Term.objects.filter(pk__in=ours):
        term.delete()
    for value in told.exemptions:
        policies.forbid(value)
    for known in (
        *TermList.objects.defer("packed").filter(name=told.clients.name),
        *Document.objects.defer("packed").filter(name=told.document.name),
    ):
        known.delete()
    for provider in Provider.objects.filter(name__in=names):
        provider.delete()
    if company.current().name == told.name:
        company.rename("", force=True)


def _people(told: Example) -> None:
    """Everybody, and what they did the first time: who was loaded before keeps what they have become."""
    since = timezone.now() - life.SINCE
    known = {person.email for person in User.objects.filter(email__in=[one.email for one in told.people])}
    for one in told.people:
        if one.email not in known:
            User.objects.create_user(
                one.email, one.role.value, name=one.name, department=one.department, created_at=since
            )
    if not known:
        everybody = User.objects.filter(email__in=[one.email for one in told.people])
        life.load(told, {person.email: person for person in everybody})


def _declare(told: Example) -> None:
    """Its list of clients and its confidential document."""
    if not TermList.objects.filter(name=told.clients.name).exists():
        clients = knowledge.compiled([[name] for name in told.clients.names], [Column.NAME], "client")
        clients.name = told.clients.name
        knowledge.keep(clients)
    if not Document.objects.filter(name=told.document.name).exists():
        knowledge.declare(told.document.name, "document.txt", told.document.text.encode(), None)


def _provide(offered: ExampleProvider) -> None:
    """Add the provider, or follow its address: a local model may be on another port after a restart."""
    found = Provider.objects.filter(name=offered.name).first()
    if found is None:
        providers.add_provider(
            offered.name, offered.kind, offered.base_url, offered.trust, offered.api_key, offered.models
        )
        return
    found.base_url, found.kind = offered.base_url.rstrip("/"), offered.kind
    found.model_names = list(offered.models)
    providers.set_key(found, offered.api_key)
    found.save()


def _retire(usage: Usage) -> None:
    try:
        with transaction.atomic():
            usage.delete()
    except ProtectedError:  # a real person's key stands on it
        usage.active = False
        usage.save()
