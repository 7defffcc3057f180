"""A filled text on its way from a prompt's page to the Assistant, never by an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue, sealing
from egide.workspace.prompts.catalogue import Entry
from egide.workspace.prompts.models import Prepared


@dataclass(frozen=True, slots=True)
class Ready:
    """The text, in clear, and the prompt that it comes from."""

    text: str = field(repr=False)
    entry: Entry


@transaction.atomic
def prepare(owner: User, ref: str, text: str, now: datetime) -> UUID:
    """Keep the text for its owner; what they had prepared from this prompt is forgotten."""
    Prepared.objects.filter(owner=owner, ref=ref).delete()
    row = Prepared(owner=owner, ref=ref, created_at=now)
    row.sealed_text = sealing.seal_prepared(row, text)
    row.save(force_insert=True)
    return row.id


def open_mine(owner: User, prepared: UUID) -> Ready:
    """The text of this owner. Raises WorkspaceError EG-6471 or EG-6472."""
    row = Prepared.objects.select_related("owner").filter(owner=owner, id=prepared).first()
    if row is None:
        raise WorkspaceError("EG-6472")
    return Ready(sealing.open_prepared(row), catalogue.find(owner, row.ref))


def purge(now: datetime) -> int:
    """Forget what was prepared longer ago than the retention period. How many there were."""
    limit = now - timedelta(days=configuration.current().history_days)
    return Prepared.objects.filter(created_at__lt=limit).delete()[0]
