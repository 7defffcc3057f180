"""One-time codes: 100 random bits, shown once, kept only as a keyed digest, good for some minutes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from egide.errors import WorkspaceError
from egide.workspace import configuration, wiring
from egide.workspace.accounts.models import User
from egide.workspace.justifications.models import Justification, State

_LETTERS: Final = 20
_GROUP: Final = 5
_FORM: Final = re.compile(rf"[A-Z2-7]{{{_LETTERS}}}")


def issue(public_id: str, person: User, now: datetime) -> str:
    """A new code for what was accepted; the one before stops working. Raises WorkspaceError EG-6162."""
    letters = base64.b32encode(secrets.token_bytes(13)).decode()[:_LETTERS]
    until = now + timedelta(minutes=configuration.current().justification_minutes)
    mine = Justification.objects.filter(
        public_id=public_id, person=person, door="api", state=State.APPROVED, expires_at__gt=now
    )
    if not mine.update(code_digest=digest(letters), code_expires_at=until):
        raise WorkspaceError("EG-6162")
    return "-".join(letters[i : i + _GROUP] for i in range(0, _LETTERS, _GROUP))


def digest(code: str) -> str:
    """What is kept of a code, however it was typed; empty for what is none."""
    letters = re.sub(r"[\s-]", "", code).upper()
    if not _FORM.fullmatch(letters):
        return ""
    key = wiring.keyring().derive("justification codes")
    return hmac.new(key, letters.encode(), hashlib.sha256).hexdigest()
