"""allauth's OpenID Connect, made strict: found and loaded by allauth under this module's name.

As it comes, allauth reads the ID token without checking its signature, sends no nonce, takes the issuer that
the provider announces, prefers UserInfo without comparing the subject, and lets the address of the first page
add scopes and parameters. None of this is left here.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from requests import RequestException

from egide.workspace import configuration
from egide.workspace.sso.fetching import fetch_json
from egide.workspace.sso.identity import Identity, identity_of, needs_more
from egide.workspace.sso.joining import settle
from egide.workspace.sso.metadata import known
from egide.workspace.sso.models import SingleSignOn
from egide.workspace.sso.services import of, source_of
from egide.workspace.sso.tokens import checked, refuse


def callback_address(request: HttpRequest) -> str:
    """Where the provider sends people back; it must be registered there, letter by letter."""
    path = reverse("sso:callback")
    public = configuration.current().public_url
    return public.rstrip("/") + path if public else request.build_absolute_uri(path)


class StrictClient(OAuth2Client):  # type: ignore[misc]
    """Keeps what the provider wrote after a « ? » in its own address."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        address: str = super().get_redirect_url(authorization_url, scope, extra_params)
        asked = address.removeprefix(f"{authorization_url}?")
        return f"{authorization_url}{'&' if '?' in authorization_url else '?'}{asked}"


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One exchange with the provider, under the settings in force when it began."""

    client_class = StrictClient

    def __init__(self, request: HttpRequest, setting: SingleSignOn) -> None:
        # Read again by whatever allauth asks on the way: see ``services.of``.
        self.setting = request.sign_on = setting  # type: ignore[attr-defined]
        self.nonce: str | None = None
        self._provider: StrictProvider | None = None
        super().__init__(request, source_of(setting))

    def get_provider(self) -> StrictProvider:
        if self._provider is None:
            self._provider = super().get_provider()
        return self._provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """The checked addresses, under the names that allauth reads."""
        metadata = known(self.setting)
        return {
            "issuer": self.setting.issuer,
            "authorization_endpoint": metadata.authorization,
            "token_endpoint": metadata.token,
            "jwks_uri": metadata.keys,
            "userinfo_endpoint": metadata.userinfo,
            "token_endpoint_auth_methods_supported": list(metadata.auth_methods),
        }

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return callback_address(request)

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        try:
            told = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except (
            OAuth2Error, RequestException, ValueError, KeyError, TypeError, AttributeError, RecursionError,
        ):  # fmt: skip
            refuse(gettext("le service d'identité n'a pas reconnu la demande, déjà servie ou trop ancienne"))
        if not isinstance(told, dict) or not isinstance(told.get("access_token"), str):
            refuse(gettext("la réponse du service d'identité n'est pas lisible"))
        return told

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        # Nothing of it is kept: it asks UserInfo once, and that is all.
        return SocialToken(token=data["access_token"])

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        claims = checked(kwargs["response"].get("id_token"), self.setting, self.nonce)
        more: dict[str, Any] = {}
        if needs_more(self.setting, claims) and (address := known(self.setting).userinfo):
            headers = {"Authorization": f"Bearer {token.token}"}
            more = fetch_json(address, headers=headers, authority=self.setting.authority)
        identity = identity_of(self.setting, claims, more)
        settle(self.setting, identity)
        return self.get_provider().sociallogin_from_response(request, identity)


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Sends a nonce and a PKCE challenge, and nothing that the visitor's address adds."""

    def get_oauth2_adapter(self, request: HttpRequest) -> StrictAdapter:
        return StrictAdapter(request, of(request))

    def get_callback_url(self) -> str:
        return reverse("sso:callback")

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        asked = super().get_redirect_from_request_kwargs(request)
        return {"process": AuthProcess.LOGIN, "next_url": asked.get("next_url")}

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **kwargs: Any,
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        response: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params={"nonce": nonce}, nonce=nonce
        )
        return response

    def extract_uid(self, data: Identity) -> str:
        return data.subject

    def extract_extra_data(self, data: Identity) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Identity) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Identity) -> list[Any]:
        return []


class CallbackView(OAuth2CallbackView):  # type: ignore[misc]
    """Takes the nonce from the state of this very browser's session: the state serves once."""

    def _get_state(
        self, request: HttpRequest, provider: StrictProvider
    ) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce")
            if request.GET.get("iss", self.adapter.setting.issuer) != self.adapter.setting.issuer:
                refuse(gettext("la réponse vient d'un autre émetteur"))  # RFC 9207
        return state, response


provider_classes = [StrictProvider]
