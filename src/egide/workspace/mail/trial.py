"""A trial mail, sent at once to whoever asks for it, so that what is wrong is told at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.company.models import opaque_id
from egide.workspace.mail import letters, relay, troubles
from egide.workspace.mail.connecting import Connection
from egide.workspace.mail.models import Relay

# A person waits for it.
SECONDS: Final = 25.0
AGAIN_AFTER: Final = timedelta(seconds=10)


def connect(server: Relay) -> Connection:
    """In the time that somebody waits for a page."""
    return Connection(server, silence=10.0, whole=SECONDS)


def send(person: User, now: datetime, connection: Callable[[Relay], Connection] = connect) -> None:
    """Send one to this person. Raises WorkspaceError EG-6591, EG-6596 (just tried) or EG-6592 (why not)."""
    server = relay.needed()
    recent = server.tested_at is not None and abs(now - server.tested_at) < AGAIN_AFTER
    if recent or not _first(server, now):
        raise WorkspaceError("EG-6596", seconds=int(AGAIN_AFTER.total_seconds()))
    message = letters.write(server, person, "trial", "Essai du courriel d'Égide", {}, opaque=opaque_id())
    opened = connection(server)
    try:
        opened.send(message)
    except Exception as problem:
        trouble = troubles.of(problem, opened.sending.stage, late=opened.sending.late)
        _note(trouble.kind)
        raise WorkspaceError("EG-6592", reason=trouble.reason, advice=trouble.advice) from None
    finally:
        opened.close()
    _note("")
    # What was stopped by the same trouble needs wait no more.
    Relay.objects.filter(pk=1).update(trouble="", reply=None, failures=0, resume_at=None)


def _first(server: Relay, now: datetime) -> bool:
    """Of two clicks at once, one tries."""
    mine = Relay.objects.filter(pk=1, tested_at=server.tested_at)
    return mine.update(tested_at=now) == 1


def _note(kind: str) -> None:
    Relay.objects.filter(pk=1).update(tested=kind or "sent")
