"""Where the company asks for it, the charter is signed before the Assistant is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from egide.workspace.accounts.access import person
from egide.workspace.charter import signing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signature_required(view: View[P]) -> View[P]:
    """Who has to sign first is led to the charter, then back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if signing.stopped(person(request)):
            return redirect(f"{reverse('charter:read')}?{urlencode({'suite': request.path})}")
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)
