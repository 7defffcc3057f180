"""Who may see a page. Being logged in is asked everywhere by Django's LoginRequiredMiddleware."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from egide.workspace.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person(request: HttpRequest) -> User:
    """The person who asks; the page requires that they are logged in."""
    return cast("User", request.user)


def pilot_required(view: View[P]) -> View[P]:
    """Pilots and administrators only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not person(request).is_pilot:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)


def admin_required(view: View[P]) -> View[P]:
    """Administrators only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not person(request).is_admin:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)
