"""The company's mail server as it is set: read, changed, given up."""

from __future__ import annotations

import ipaddress

from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.mail.models import Mail, Relay


def current() -> Relay | None:
    """The server, if one is set."""
    return Relay.objects.filter(pk=1).first()


def needed() -> Relay:
    """The server. Raises WorkspaceError EG-6591 when none is set."""
    relay = current()
    if relay is None:
        raise WorkspaceError("EG-6591")
    return relay


def is_set() -> bool:
    """Whether mail can be sent at all."""
    return Relay.objects.filter(pk=1).exists()


def reminds() -> bool:
    """Whether reminders are sent."""
    return Relay.objects.filter(pk=1, reminders=True).exists()


def keep(relay: Relay, password: str | None, by: User) -> None:
    """Save what was changed; ``password`` None or empty: none. What was stopped is tried again."""
    stripped = (password or "").strip()
    relay.sealed_password = wiring.keyring().seal(stripped.encode(), _context(relay)) if stripped else None
    relay.by, relay.changed_at = by, timezone.now()
    relay.trouble, relay.reply, relay.failures, relay.resume_at = "", None, 0, None
    relay.tested_at, relay.tested = None, ""
    relay.save(force_update=is_set())


def give_up() -> None:
    """Forget the server and its password; nothing that waits leaves any more."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING)
    waiting.update(state=Mail.State.DROPPED, sealed=b"", ended_at=timezone.now())
    Relay.objects.filter(pk=1).delete()


def password_of(relay: Relay) -> str | None:
    """The password, opened."""
    if not relay.sealed_password:
        return None
    return wiring.keyring().open(bytes(relay.sealed_password), _context(relay)).decode()


def is_loopback(host: str) -> bool:
    """Whether this name is the machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_be_in_clear(host: str, ticked: bool) -> bool:
    """Nothing leaves in clear but on the machine itself, or when somebody said so."""
    return ticked or is_loopback(host)


def way(relay: Relay) -> tuple[str, int, str, str, str]:
    """Where the password goes: it is written again when one of these changes."""
    return relay.host, relay.port, relay.security, relay.account, relay.authority


def _context(relay: Relay) -> str:
    # Bound to where it goes: who can only write to the database cannot have it sent elsewhere.
    return "mail/password/" + "\n".join(map(str, way(relay)))
