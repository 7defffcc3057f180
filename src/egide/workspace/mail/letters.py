"""Writes a mail: subject, text and HTML from templates of this app, with the headers of an automatic mail.

Mails are in French, whoever asks for them: their language would else be that of another person's pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import formataddr
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.mail import preferences
from egide.workspace.mail.models import Relay

# RFC 3834: no out-of-office message comes back.
_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def absolute(relay: Relay, path: str) -> str:
    """An address that opens from a mail."""
    return relay.public_address.rstrip("/") + path


def write(
    relay: Relay, person: User, template: str, subject: str, told: Mapping[str, Any], *, opaque: str
) -> EmailMultiAlternatives:
    """The mail of ``template`` for this person. ``opaque`` makes the same Message-ID at each try."""
    given = {**told, "person": person, "company": company.current().name, "home": absolute(relay, "/")}
    domain = relay.sender_address.rpartition("@")[2]
    with override("fr"):
        text = _text(render_to_string(f"mail/letters/{template}.txt", given))
        html = render_to_string(f"mail/letters/{template}.html", given)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=formataddr((relay.sender_name, relay.sender_address)),
        to=[person.email],
        headers={**_AUTOMATIC, "Message-ID": f"<{opaque}@{domain}>"},
    )
    message.attach_alternative(html, "text/html")
    return message


def let_stop(message: EmailMultiAlternatives, relay: Relay, person: User) -> None:
    """The one-click headers of RFC 8058."""
    message.extra_headers["List-Unsubscribe"] = f"<{absolute(relay, preferences.stop_path(person))}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _text(rendered: str) -> str:
    """Without the empty lines that the template's own tags leave."""
    lines, kept = [line.rstrip() for line in rendered.strip().splitlines()], list[str]()
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept) + "\n"
