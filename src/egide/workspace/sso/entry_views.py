"""The way in: leave for the provider, come back from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError
from egide.workspace.sso import services
from egide.workspace.sso.provider import CallbackView, StrictAdapter

View = Callable[[HttpRequest], HttpResponse]


def _told(view: View) -> View:
    """A refusal is a page with its code, and nothing of what came."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except EgideError as refused:
            return render(request, "sso/refused.html", {"refused": refused}, status=403)

    return guarded


@login_not_required
@never_cache
@require_POST
@_told
def start(request: HttpRequest) -> HttpResponse:
    adapter = StrictAdapter(request, services.required())
    response: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    if not isinstance(response, HttpResponseRedirect):
        return response
    # Not a redirection: « form-action » of the security policy would stop it, and those that follow.
    page = render(request, "sso/leaving.html", {"address": response.url})
    page["Refresh"] = f"0;url={response.url}"
    return page


@login_not_required
@never_cache
@require_safe
@_told
def callback(request: HttpRequest) -> HttpResponse:
    adapter = StrictAdapter(request, services.required())
    response: HttpResponse = CallbackView.adapter_view(adapter)(request)
    return response
