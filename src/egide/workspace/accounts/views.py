"""The page of a one-time link, and the page that says how to get a new one."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts import links, services
from egide.workspace.accounts.forms import FirstForm, PasswordForm
from egide.workspace.accounts.models import OneTimeLink
from egide.workspace.sso import services as sso
from egide.workspace.welcome import filling


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def link(request: HttpRequest, secret: str) -> HttpResponse:
    found = links.find(secret)
    if found is None:
        return _refuse(request)
    if found.user is not None and not found.user.is_admin and sso.passwords_closed():
        return render(request, "accounts/link_closed.html", status=403)
    kind = FirstForm if found.user is None else PasswordForm
    form = kind(found.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, found, form)
    told = {"form": form, "person": found.user, "first": found.user is None}
    return render(request, "accounts/link.html", told)


def _enter(request: HttpRequest, found: OneTimeLink, form: PasswordForm) -> HttpResponse:
    answers = form.cleaned_data
    try:
        user = services.redeem(
            found,
            password=answers["password"],
            email=answers.get("email", ""),
            company_name=answers.get("company", ""),
            name=answers.get("name", ""),
        )
    except WorkspaceError:
        return _refuse(request)
    logout(request)
    following = _welcome() if found.user is None else None
    # Through allauth, so that a second factor, when there is one, is still asked.
    entered = perform_login(request, user, email_verification="none", redirect_url=following)
    return cast("HttpResponse", entered)


def _welcome() -> str | None:
    """Where the first administrator goes: to what is recorded of them, then to the first start."""
    if not filling.wanted():
        return None
    return f"{reverse('notice:read')}?{urlencode({'suite': reverse('welcome:ask')})}"


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_refused.html", status=410)


@login_not_required
@require_safe
def new_link_help(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/new_link_help.html")
