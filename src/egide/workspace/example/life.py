"""What the people of the example have done in three months, so that every page shows something.

It is loaded with them, once, and goes with them: no row of it is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.actions.models import Action
from egide.workspace.charter import drafts as charter
from egide.workspace.charter import quick, signing
from egide.workspace.charter.content import problems
from egide.workspace.charter.models import CharterDraft, CharterVersion, Signature
from egide.workspace.charter.proposals import proposals
from egide.workspace.company import services as company
from egide.workspace.diagnosis import editions
from egide.workspace.example import figures, learning, notes, practice, staying
from egide.workspace.example.company import Example
from egide.workspace.notice import services as notice
from egide.workspace.notice.models import Details
from egide.workspace.programmes import directory
from egide.workspace.programmes import services as programmes
from egide.workspace.programmes.models import Follow
from egide.workspace.programmes.models import State as Standing
from egide.workspace.training.models import Certificate, Edition
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Undeclared

SINCE: Final = timedelta(days=90)
People = dict[str, User]


def load(told: Example, people: People) -> None:
    """Everything, where the company has nothing of its own yet of that kind."""
    pilot = people[told.people[0].email]
    _profile(told)
    _informed(told, people)
    _declared(told, people, pilot)
    learning.load(told, people)
    practice.load(told, people, pilot)
    _followed(told, pilot)
    _charter(told, people, pilot)
    today = timezone.localdate()
    figures.load(today)
    notes.say(notes.FIGURES, today.isoformat())


def remove(told: Example, people: Iterable[User]) -> None:
    """Take it back, and the people. What a real person wrote, answered, signed or took over stays."""
    people = list(people)
    ids = [one.pk for one in people]
    notes.rows(Action).filter(owner__in=ids).delete()
    staying.remove_diagnoses(ids)
    editions.forget_unused()
    to_close = staying.remove_campaigns(ids)
    Certificate.objects.filter(person__in=ids).delete()
    notes.rows(Follow).filter(by__in=ids).delete()
    notes.rows(CharterDraft).filter(by__in=ids).delete()
    notes.rows(Undeclared).delete()
    notes.rows(Details).filter(contact=told.contact, basis=told.basis).delete()
    staying.release_usages(ids)
    for one in people:
        one.delete()
    staying.close_campaigns(to_close)
    staying.retire_usages(ids)
    _unpublish(list(notes.rows(CharterVersion).values_list("pk", flat=True)))
    notes.rows(Edition).delete()
    for day in notes.said(notes.FIGURES):
        figures.remove(date.fromisoformat(day))
    _forget_profile(told)


def _profile(told: Example) -> None:
    found = company.current()
    if found.name == told.name and found.staff is None:
        for name, said in told.profile.items():
            setattr(found, name, said)
        found.save()
        notes.say(notes.PROFILE)


def _forget_profile(told: Example) -> None:
    found, loaded = company.current(), bool(notes.said(notes.PROFILE))
    if loaded and all(getattr(found, name) == said for name, said in told.profile.items()):
        company.forget()


def _informed(told: Example, people: People) -> None:
    if not Details.objects.exists():
        notice.add_details(told.contact, told.basis)
        notes.keep(notice.details())
    for one in told.people:
        if one.read:
            notice.acknowledge(people[one.email], notice.version())


def _declared(told: Example, people: People, pilot: User) -> None:
    for one in told.declared:
        answers = one.model_dump(exclude={"by", "returned"})
        made = usages.declare(answers | {"department": people[one.by].department}, people[one.by])
        if one.returned:
            usages.send_back(made.pk, pilot, one.returned, read=usages.last_change(made))
        notes.keep(made, *made.changes.all())
    undeclared = Undeclared.objects.create(
        tool=told.undeclared.tool,
        purpose=told.undeclared.purpose,
        data=["none"],
        day=timezone.localdate() - timedelta(days=12),
    )
    notes.keep(undeclared)


def _followed(told: Example, pilot: User) -> None:
    today = timezone.localdate()
    for one in told.follows:
        try:
            entry = directory.find(one.programme)
        except WorkspaceError:  # a newer directory no longer holds it
            continue
        if entry.follow is None:
            day = today + timedelta(days=one.days) if one.days else None
            notes.keep(programmes.follow(entry, programmes.Standing(Standing(one.state), next_on=day), pilot))


def _charter(told: Example, people: People, pilot: User) -> None:
    if CharterVersion.objects.exists() or charter.draft().revision:
        return
    draft = quick.complete(pilot, timezone.localdate())
    notes.keep(draft)
    if problems(draft, proposals()):  # no service of AI: there is nothing to say of tools
        return
    version = charter.publish("Première version (exemple).", draft.revision, pilot)
    notes.keep(version)
    for one in told.people:
        if one.signed:
            signing.sign(
                people[one.email],
                number=version.number,
                digest=version.digest,
                name=one.name,
                agreed=True,
                address="",
                browser="Entreprise d'exemple",
            )


def _unpublish(published: list[Any]) -> None:
    """The example's charter. A published version is never removed otherwise: a person may have signed it,
    and then it stays here, too."""
    for pk in published:
        last = CharterVersion.objects.values_list("pk", flat=True).first()
        if pk == last and not Signature.objects.filter(version=pk).exists():
            rows: models.QuerySet[CharterVersion] = models.QuerySet(CharterVersion)
            rows.filter(pk=pk)._raw_delete(DEFAULT_DB_ALIAS)
