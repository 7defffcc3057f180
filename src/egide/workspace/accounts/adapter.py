"""How django-allauth behaves here: nobody signs up alone, and two-factor secrets are sealed."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.sso import services as sso

SCOPE = "accounts/mfa"


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by a one-time link only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """By password: only administrators when the company closed it. Whoever fails is told the same."""
        found: User | None = super().authenticate(request, **credentials)
        if not request.user.is_authenticated and sso.passwords_closed() and not (found and found.is_admin):
            raise ValidationError(WorkspaceError("EG-6588").message)
        return found

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Says nothing: « Connexion avec … réussie » would show an address and teach nothing."""


class SealedMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Two-factor secrets are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(wiring.keyring().seal(text.encode(), SCOPE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return wiring.keyring().open(base64.b64decode(encrypted_text), SCOPE).decode()
