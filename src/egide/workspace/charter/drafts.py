"""The draft of the next version: read, changed without losing what another pilot wrote, published."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.charter import procedure, rules
from egide.workspace.charter.content import canonical, content, problems, seal_of
from egide.workspace.charter.models import CharterDraft, CharterVersion
from egide.workspace.charter.printed import charter_pdf
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.words import cleaned, day


def draft() -> CharterDraft:
    """The draft; empty at first."""
    return CharterDraft.objects.get_or_create(id=1)[0]


def next_number() -> int:
    """That of the next version."""
    last = CharterVersion.objects.values_list("number", flat=True).first()
    return (last or 0) + 1


def preview() -> dict[str, Any]:
    """The charter that the draft would give today. Raises EgideError when the policy was altered."""
    return content(draft(), proposals(), rules.in_force(), next_number(), timezone.localdate())


@transaction.atomic
def change(
    values: dict[str, str], left_out: dict[str, str], answers: dict[str, str], over: int, by: User
) -> CharterDraft:
    """Keep all of the draft. Raises WorkspaceError EG-6413 when it is no longer the revision ``over``."""
    draft()
    kept = CharterDraft.objects.select_for_update().get(id=1)
    if kept.revision != over:
        raise WorkspaceError("EG-6413")
    kept.values, kept.left_out, kept.answers = values, left_out, answers
    kept.revision, kept.by, kept.at = over + 1, by, timezone.now()
    kept.save()
    return kept


def publish(summary: str, over: int, by: User, *, seen: str = "") -> CharterVersion:
    """Make the draft a version: in force from its date on, to be signed by everyone from now on.

    ``seen``: what ``seal_of`` gave for the preview that the pilot has read; what Égide fills in (tools,
    rules, periods) may change without the draft. Raises WorkspaceError EG-6413 when the draft or that
    changed since, EG-6414 when something is missing, EG-6541 when the procedure does not allow that date,
    EG-6416 when nothing changed, EG-6401 when the file cannot be made.
    """
    kept, proposed, now = draft(), proposals(), timezone.now()
    if kept.revision != over:
        raise WorkspaceError("EG-6413")
    if problems(kept, proposed):
        raise WorkspaceError("EG-6414")
    number = next_number()
    told = content(kept, proposed, rules.in_force(), number, timezone.localdate(now))
    if seen and seen != seal_of(told):
        raise WorkspaceError("EG-6413")
    _refuse_the_same(told)
    enters_on = day(told["enters_on"])
    if enters_on is None:
        raise WorkspaceError("EG-6414")
    if why := procedure.refusals(kept, number, enters_on, timezone.localdate(now)):
        raise WorkspaceError("EG-6541", why=" ".join(why))
    version = CharterVersion(
        number=number,
        text=canonical(told),
        pdf=charter_pdf(told, now),
        enters_on=enters_on,
        summary=cleaned(summary)[:500],
        by=by,
        at=now,
    )
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        raise WorkspaceError("EG-6413") from None
    return version


def _refuse_the_same(told: dict[str, Any]) -> None:
    """Nobody is asked to sign again what they signed."""
    last = CharterVersion.objects.first()
    if last is not None and _without_number(last.content) == _without_number(told):
        raise WorkspaceError("EG-6416")


def _without_number(told: dict[str, Any]) -> str:
    plain = canonical({**told, "version": 0, "published_on": "", "left_out": []})
    return plain.replace(f"version {told['version']}", "version")
