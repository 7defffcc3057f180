"""The draft of the next version, which pilots change together and publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from egide.errors import PolicyError, WorkspaceError
from egide.policy import Policy
from egide.policy.document import PROFILE, PolicyDocument
from egide.policy.editing import with_professions
from egide.policy.policy import names
from egide.workspace.accounts.models import User
from egide.workspace.policies import versions
from egide.workspace.policies.models import PolicyDraft, PolicyVersion

Change = Callable[[PolicyDocument], PolicyDocument]
MOST_BYTES: Final = 400_000


def current() -> PolicyDraft | None:
    """The draft, or None when what is in force is all there is."""
    return PolicyDraft.objects.select_related("by").filter(id=1).first()


def document_of(draft: PolicyDraft | None) -> PolicyDocument:
    """What the draft says; what is in force when there is none."""
    return versions.in_force().document if draft is None else Policy.from_yaml(draft.text).document


def change(edit: Change, seen: int, by: User | None) -> PolicyDocument:
    """Change the draft, made of what is in force the first time. ``seen`` is the revision that the person
    had under the eyes (0: none). Raises WorkspaceError EG-6131 when it is no longer that."""
    with transaction.atomic():
        draft = _locked(seen)
        changed = edit(document_of(draft))
        _keep(draft, changed, by)
    return changed


def replace(document: PolicyDocument, seen: int, by: User | None, returns_to: int | None = None) -> None:
    """Put another document in the place of the draft. Raises WorkspaceError EG-6131."""
    with transaction.atomic():
        _keep(_locked(seen), document, by, returns_to)


def discard(seen: int) -> None:
    """Forget the draft. Raises WorkspaceError EG-6131."""
    with transaction.atomic():
        draft = _locked(seen)
        if draft is not None:
            draft.delete()


def publish(seen: int, over: int, by: User | None, reason: str, openness: str = "") -> PolicyVersion:
    """Put the draft in force. Raises WorkspaceError EG-6130 without one, and as ``versions.publish``."""
    with transaction.atomic():
        draft = _locked(seen)
        if draft is None:
            raise WorkspaceError("EG-6130")
        document = document_of(draft)
        published = versions.publish(
            document, by, reason, over=over, openness=openness, returns_to=draft.returns_to
        )
        draft.delete()
    return published


def imported(data: bytes) -> PolicyDocument:
    """A file of somebody's as a draft. Raises PolicyError EG-3004 or WorkspaceError EG-6138.

    What it says of professions is taken from the reference, never from the file: a floor that was lowered
    by hand is not one. Rules said to be a profile's, but that are not, are the file's own.
    """
    if len(data) > MOST_BYTES:
        raise WorkspaceError("EG-6138", limit=MOST_BYTES // 1000)
    try:
        document = Policy.from_yaml(data.decode("utf-8-sig")).document
    except UnicodeDecodeError:
        raise WorkspaceError("EG-6138", limit=MOST_BYTES // 1000) from None
    if document.name in names() and document != Policy.load(document.name).document:
        raise PolicyError("EG-3004", where=gettext("name : ce nom est celui d'une politique fournie"))
    if document.profile is not None and not _of_profile(document, document.profile):
        document = document.model_copy(update={"profile": None})
    return with_professions(document, document.professions)


def _of_profile(document: PolicyDocument, profile: str) -> bool:
    if profile not in names():
        return False
    shipped = Policy.load(profile).document
    rules = tuple(rule for rule in document.rules if rule.origin == PROFILE)
    return (rules, document.nothing, document.unknown) == (shipped.rules, shipped.nothing, shipped.unknown)


def _locked(seen: int) -> PolicyDraft | None:
    draft = PolicyDraft.objects.select_for_update().filter(id=1).first()
    if (draft.revision if draft is not None else 0) != seen:
        raise WorkspaceError("EG-6131")
    return draft


def _keep(
    draft: PolicyDraft | None, document: PolicyDocument, by: User | None, returns_to: int | None = None
) -> None:
    text = Policy.of(document).to_yaml()
    if draft is None:
        try:
            with transaction.atomic():
                # Numbered by the clock: a draft made anew never looks like one that was put aside.
                PolicyDraft.objects.create(text=text, by=by, returns_to=returns_to, revision=_first())
        except IntegrityError:
            raise WorkspaceError("EG-6131") from None
        return
    draft.text, draft.by, draft.at, draft.returns_to = text, by, timezone.now(), returns_to
    draft.revision += 1
    draft.save()


def _first() -> int:
    return int(timezone.now().timestamp() * 1000)
