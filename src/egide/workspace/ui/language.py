"""The language of the pages: French, or English. What people wrote, and the law, stay as they are."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import JavaScriptCatalog, set_language


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps the ``language`` given for a year, in a cookie, and goes back to the page named by ``next``."""
    if request.POST.get("language") not in dict(settings.LANGUAGES):
        raise BadRequest("unknown language")
    return set_language(request)


@login_not_required
@require_GET
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """The texts that the scripts show, in the language named by the address."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(code):
        answer = JavaScriptCatalog.as_view()(request)
    patch_cache_control(answer, private=True, max_age=3600)
    return answer
