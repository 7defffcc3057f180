"""What the journal is told of a decision: who asked, who decided, what, labels and counts. Never a reason.

Decisions have a chain of their own: they are made by pages, in any process. Each is signed as it is written.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Final

from egide.errors import JournalError, WorkspaceError
from egide.journal import Entry, chain, checkpoint
from egide.workspace.journalling.services import signer
from egide.workspace.journalling.store import SqlJournal
from egide.workspace.justifications.models import Justification

WRITER: Final = "justifications"
_TRIES: Final = 10


def record(row: Justification, now: datetime) -> None:
    """Write the decision that ``row`` holds, on disk when it returns. Raises WorkspaceError EG-6165."""
    at = now.astimezone(UTC).isoformat()
    entry = Entry("decided", f"de-{secrets.token_hex(12)}", at, _details(row))
    journal = SqlJournal()
    for _ in range(_TRIES):  # another process may write at the same place at the same moment
        try:
            last = journal.tail(WRITER)
            (made,) = chain(last, WRITER, [entry])
            journal.append([made, checkpoint(made, signer(), now)])
        except JournalError:
            continue
        return
    raise WorkspaceError("EG-6165")


def _details(row: Justification) -> dict[str, object]:
    labels: dict[str, int] = {}
    for label, _, count in row.recognised:
        labels[label] = labels.get(label, 0) + count
    return {
        "person": row.person.public_id,
        "usage": row.usage,
        "provider": row.provider,
        "policy": row.policy,
        "door": row.door,
        "action": "approve" if row.approval else "justify",
        "justification_id": row.public_id,
        "content_digest": row.content,
        "outcome": row.state,
        "decided_by_id": row.decided_by_public_id,
        "labels": labels,
    }
