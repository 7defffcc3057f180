"""The language of the pages: French, or English. What people wrote, and the law, stay as they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import sync_and_async_middleware
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import JavaScriptCatalog, set_language

from egide import errors


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keeps the ``language`` given for a year, in a cookie, and goes back to the page that it was
    chosen on, or to ``next`` when that page cannot be asked again."""
    if request.POST.get("language") not in dict(settings.LANGUAGES):
        raise BadRequest("unknown language")
    return set_language(request)


@login_not_required
@require_GET
def texts(request: HttpRequest, code: str) -> HttpResponseBase:
    """The texts that the scripts show, in the language named by the address."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(code):
        answer = JavaScriptCatalog.as_view()(request)
    patch_cache_control(answer, private=True, max_age=3600)
    return answer


@sync_and_async_middleware
def spoken(
    get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]:
    """Errors are told in the language of the page; after ``LocaleMiddleware``."""
    if iscoroutinefunction(get_response):

        async def asynchronous(request: HttpRequest) -> HttpResponseBase:
            # Until the end of the request, which is a task of its own: its stream is read after this returns.
            errors.spoken.set(translation.get_language() or errors.FRENCH)
            response: HttpResponseBase = await get_response(request)
            return response

        return asynchronous

    def synchronous(request: HttpRequest) -> HttpResponseBase:
        before = errors.spoken.set(translation.get_language() or errors.FRENCH)
        try:
            response = get_response(request)
        finally:
            errors.spoken.reset(before)
        assert isinstance(response, HttpResponseBase)  # noqa: S101 - not a coroutine, as tested above
        return response

    return synchronous
