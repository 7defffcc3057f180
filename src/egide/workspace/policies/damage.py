"""A page that cannot read the policy in force says so, instead of failing without a word."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egide.errors import WorkspaceError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ALTERED = "EG-6134"


def told_when_altered(view: View[P]) -> View[P]:
    """Answer 503 with the message of EG-6134 when a version was altered by hand."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except WorkspaceError as problem:
            if problem.code != ALTERED:
                raise
            return render(request, "policies/altered.html", {"problem": problem}, status=503)

    return cast("View[P]", guarded)
