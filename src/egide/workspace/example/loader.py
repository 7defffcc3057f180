"""Loads and removes the example company. Both may be called again: the result is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from egide.policy import Trust
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.example import life, notes, staying
from egide.workspace.example.company import Example, example
from egide.workspace.knowledge import services as knowledge
from egide.workspace.knowledge.columns import Role as Column
from egide.workspace.knowledge.models import Document, TermList
from egide.workspace.policies import services as policies
from egide.workspace.policies.models import Exemption, Term
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
        notes.say(notes.NAME)
    usages.default()
    for provider in offered:
        _provide(provider)
    services = list(Provider.objects.filter(active=True).values_list("slug", flat=True))
    for usage in told.usages:
        if not Usage.objects.filter(slug=usage.slug).exists():
            answers = usage.answers | {"providers": services}
            made = usages.add(usage.name, usage.description, usage.slug, answers=answers)
            notes.keep(made, *made.changes.all())
    _decide(told)
    _declare(told)
    _people(told)


@transaction.atomic
def remove() -> tuple[str, ...] | None:
    """Take away what ``load`` made. What real people made, changed or use stays: by kind and count, in words.

    None: no example was loaded here.
    """
    if not notes.exist():
        return None
    told = example()
    life.remove(told, notes.rows(User))
    for model in (Term, Exemption, TermList, Document, Provider):
        for one in notes.rows(model):
            one.delete()
    if notes.said(notes.NAME) and company.current().name == told.name:
        company.rename("", force=True)
    stays = staying.told()
    notes.forget()
    return stays


def _decide(told: Example) -> None:
    """Its terms and exemptions, where the company decided nothing of the same value."""
    for model, values, decide in (
        (Term, told.terms, policies.hide),
        (Exemption, told.exemptions, policies.allow),
    ):
        for value in values:
            found = policies.digest(value)
            if not any(kind.objects.filter(digest=found).exists() for kind in (Term, Exemption)):
                decide(value, None)
                notes.keep(model.objects.get(digest=found))


def _people(told: Example) -> None:
    """Everybody, and what they did the first time: who was loaded before keeps what they have become."""
    since = timezone.now() - life.SINCE
    known = {person.email for person in User.objects.filter(email__in=[one.email for one in told.people])}
    for one in told.people:
        if one.email not in known:
            made = User.objects.create_user(
                one.email, one.role.value, name=one.name, department=one.department, created_at=since
            )
            notes.keep(made)
    if not known:
        everybody = User.objects.filter(email__in=[one.email for one in told.people])
        life.load(told, {person.email: person for person in everybody})


def _declare(told: Example) -> None:
    """Its list of clients and its confidential document."""
    if not TermList.objects.filter(name=told.clients.name).exists():
        clients = knowledge.compiled([[name] for name in told.clients.names], [Column.NAME], "client")
        clients.name = told.clients.name
        knowledge.keep(clients)
        notes.keep(clients)
    if not Document.objects.filter(name=told.document.name).exists():
        notes.keep(knowledge.declare(told.document.name, "document.txt", told.document.text.encode(), None))


def _provide(offered: ExampleProvider) -> None:
    """Add the provider, or follow its address: a local model may be on another port after a restart."""
    if not Provider.objects.filter(name=offered.name).exists():
        made = providers.add_provider(
            offered.name, offered.kind, offered.base_url, offered.trust, offered.api_key, offered.models
        )
        notes.keep(made)
        return
    found = notes.rows(Provider).filter(name=offered.name).first()
    if found is None:  # the company's own
        return
    found.base_url, found.kind = offered.base_url.rstrip("/"), offered.kind
    found.model_names = list(offered.models)
    providers.set_key(found, offered.api_key)
    found.save()
