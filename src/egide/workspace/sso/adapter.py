"""What allauth asks of Égide: which provider, how to call it, and what a failure says."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from django.utils.translation import gettext
from requests import Request, Response
from requests.auth import AuthBase

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.sso import services
from egide.workspace.sso.fetching import fetch
from egide.workspace.sso.tokens import refuse

PROVIDER = "openid_connect"


class BoundedSession:
    """The part of a ``requests`` session that allauth uses, on ``fetching``: bounded in time and size."""

    def __init__(self, authority: str) -> None:
        self._authority = authority

    def __enter__(self) -> BoundedSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: AuthBase | None = None,
    ) -> Response:
        prepared = Request(method, url, params=params, headers=dict(headers or {}), auth=auth).prepare()
        answer = fetch(
            method, str(prepared.url), data=data, headers=_own(prepared.headers), authority=self._authority
        )
        response = Response()
        response.status_code, response._content = answer.status, answer.body
        response.headers["content-type"] = answer.kind
        return response


def _own(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    # The length is that of the body, which is added later.
    return {name: str(value) for name, value in headers.items() if name.lower() != "content-length"}


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """One provider, from the settings; nobody signs up by themselves, nothing is mailed."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        try:
            one = services.of(request)
        except WorkspaceError:
            return []
        app = SocialApp(
            provider=PROVIDER,
            provider_id=services.source_of(one),
            name=one.label,
            client_id=one.client_id,
            secret=services.secret_of(one),
            settings={"oauth_pkce_enabled": True, "server_url": one.issuer},
        )
        asked = provider in (None, PROVIDER, app.provider_id) and client_id in (None, app.client_id)
        return [app] if asked else []

    def get_requests_session(self) -> BoundedSession:
        return BoundedSession(services.of(self.request).authority)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> User:
        user: User = sociallogin.user
        return user

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Says nothing."""

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: Mapping[str, Any] | None = None,
    ) -> None:
        """Raises WorkspaceError EG-6582. What the provider wrote is not repeated: anybody can write it."""
        if error == AuthError.CANCELLED:
            refuse(gettext("vous l'avez annulée, ou le service d'identité vous refuse cette application"))
        if error == AuthError.UNKNOWN and "state" in (extra_context or {}):
            refuse(gettext("le service d'identité a répondu par une erreur"))
        refuse(
            gettext("cette réponse a déjà servi, est trop ancienne, ou n'est pas celle de votre navigateur")
        )
