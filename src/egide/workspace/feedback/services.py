"""Takes proposals, has a pilot decide, forgets what is too old."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.utils import timezone

from egide.detection.view import fold
from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.feedback.models import Decision, Kind, Proposal, Voice
from egide.workspace.feedback.sealing import Content, seal, unseal
from egide.workspace.policies import services as policies
from egide.workspace.policies.models import Exemption, Term

LONGEST_SENTENCE: Final = 1_000
MOST_WAITING: Final = 200
"""Open proposals of one person: a script must not fill the pilot's page."""


class Outcome(StrEnum):
    """What became of a proposal: it waits, was refused to this person already, or is decided as asked."""

    SENT = "sent"
    REFUSED = "refused"
    IN_FORCE = "in_force"


@transaction.atomic
def propose(kind: Kind, value: str, by: User, *, label: str = "", sentence: str = "") -> Outcome:
    """Add this person's voice, and make the proposal when it is the first.

    A decided proposal opens again, unless it was refused and this person had asked for it: so a refusal is
    heard once by each. Raises WorkspaceError EG-6014 (length of the value), EG-6301 (sentence without the
    value, or too long) or EG-6303 (too many waiting).
    """
    digest = policies.digest(value)
    content = _content(value, sentence)
    in_force = Exemption if kind is Kind.NOT_PERSONAL else Term
    if in_force.objects.filter(digest=digest).exists():
        return Outcome.IN_FORCE
    if Voice.objects.filter(person=by, proposal__decision=Decision.OPEN).count() >= MOST_WAITING:
        raise WorkspaceError("EG-6303", limit=MOST_WAITING)
    # Locked, or made by us: a decision and another voice for the same value wait for the end of this one.
    proposal = Proposal.objects.select_for_update().get_or_create(
        kind=kind, digest=digest, defaults={"label": label, "sealed": seal(kind, digest, content)}
    )[0]
    _, first_time = Voice.objects.get_or_create(proposal=proposal, person=by)
    if proposal.decision == Decision.REFUSED and not first_time:
        return Outcome.REFUSED
    _open(proposal, label, content)
    return Outcome.SENT


def decide(pk: int, decision: Decision, by: User) -> Proposal:
    """Accept (the exemption or term is made, for everybody) or refuse.

    Raises WorkspaceError EG-6302 when it is no longer open.
    """
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().filter(pk=pk, decision=Decision.OPEN).first()
        if proposal is None:
            raise WorkspaceError("EG-6302")
        if decision is Decision.ACCEPTED:
            apply = policies.allow if proposal.kind == Kind.NOT_PERSONAL else policies.hide
            apply(unseal(proposal).value, by)
        proposal.decision, proposal.by, proposal.changed_at = decision, by, timezone.now()
        proposal.save()
    return proposal


def remove(pk: int) -> None:
    """Forget a decided proposal; what was made of it stays. Raises WorkspaceError EG-6302."""
    if not Proposal.objects.filter(pk=pk).exclude(decision=Decision.OPEN).delete()[0]:
        raise WorkspaceError("EG-6302")


def waiting() -> int:
    """How many proposals wait for a pilot."""
    return Proposal.objects.filter(decision=Decision.OPEN).count()


def purge(now: datetime) -> int:
    """Forget the proposals that nothing happened to for the retention period. How many there were."""
    limit = now - timedelta(days=configuration.current().history_days)
    return Proposal.objects.filter(changed_at__lt=limit).delete()[1].get("feedback.Proposal", 0)


def _content(value: str, sentence: str) -> Content:
    value, sentence = value.strip(), sentence.strip()
    if len(sentence) > LONGEST_SENTENCE or (sentence and fold(value) not in fold(sentence)):
        raise WorkspaceError("EG-6301", longest=LONGEST_SENTENCE)
    return Content(value, sentence)


def _open(proposal: Proposal, label: str, content: Content) -> None:
    """Let it wait for a decision. The first label and the first sentence that were given are kept."""
    if content.sentence and not unseal(proposal).sentence:
        proposal.sealed = seal(proposal.kind, proposal.digest, content)
    proposal.label = proposal.label or label
    proposal.decision, proposal.by, proposal.changed_at = Decision.OPEN, None, timezone.now()
    proposal.save()
