"""When a person is erased, the notice no longer sends anybody to them."""

from __future__ import annotations

import re
from typing import Any

from django.db.models.signals import pre_delete

from egide.workspace.accounts.models import User
from egide.workspace.notice import services


def forget(sender: type[User], instance: User, **_: Any) -> None:
    """A contact with their address is to be said again by the company: pilots are told that it is missing."""
    said = services.details()
    addresses = re.split(r"[\s,;:<>()«»]+", said.contact.casefold())
    if instance.email.casefold() in (one.rstrip(".") for one in addresses):
        services.add_details("", said.basis)


def connect() -> None:
    """Called once, when Django is ready."""
    pre_delete.connect(forget, sender=User, dispatch_uid="notice/leaving")
