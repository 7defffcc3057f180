"""Before anything is recorded of a person, they read the notice."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from egide.workspace.accounts.access import person
from egide.workspace.notice import services

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def informed_required(view: View[P]) -> View[P]:
    """Who has not read the version in force is led to it, then back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if services.reading(person(request)) is None:
            return redirect(f"{reverse('notice:read')}?{urlencode({'suite': request.path})}")
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)
