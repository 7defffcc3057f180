"""JSON views of the Assistant: who may call them, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from egide.errors import EgideError, WorkspaceError
from egide.workspace.assistant.holding import WAITS

_STATUS: Final = {
    "EG-6101": 404,
    "EG-6102": 409,
    "EG-6104": 413,
    "EG-6106": 401,
    "EG-6107": 403,
    "EG-6150": 403,
    "EG-6411": 403,
    "EG-6160": 404,
}

View = Callable[..., Coroutine[Any, Any, HttpResponseBase]]


def told(problem: EgideError) -> dict[str, str]:
    """An error as the page shows it; ``held`` names a message that is kept until a pilot decides."""
    said = {"code": problem.code, "title": problem.title, "action": problem.action}
    return said | ({"held": str(problem.fields["justification"])} if problem.code in WAITS else {})


def refusal(problem: EgideError, **more: Any) -> JsonResponse:
    """An error as an answer; ``more`` is what the page needs to go on."""
    return JsonResponse({"error": told(problem), **more}, status=_STATUS.get(problem.code, 400))


def json_view(view: View) -> View:
    """POST only, signed in only (401 in JSON, not a page to sign in), every EgideError told in French."""

    @wraps(view)
    async def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.user = await request.auser()
        if not request.user.is_authenticated:
            return refusal(WorkspaceError("EG-6106"))
        try:
            return await view(request, *args, **kwargs)
        except EgideError as problem:
            return refusal(problem)

    # Not the middleware's redirection to a page: a script expects JSON.
    return login_not_required(never_cache(require_POST(checked)))
