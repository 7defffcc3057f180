"""The public services, what leaves the company when one is asked, and a switch each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.outside import switches
from egide.workspace.outside.catalogue import Service, services
from egide.workspace.outside.models import Switch

LONGEST_KEY = 500


@never_cache
@pilot_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    switched = {one.service: one for one in Switch.objects.select_related("by")}
    rows = [(one, switched.get(one.id)) for one in services().values()]
    return render(request, "outside/list.html", {"rows": rows})


@pilot_required
@require_POST
def turn_on(request: HttpRequest, service: str) -> HttpResponse:
    known = _offered(service)
    try:
        switches.turn_on(service, person(request), request.POST.get("key", "")[:LONGEST_KEY])
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        said = gettext("« %(name)s » peut maintenant être interrogé.")
        messages.success(request, said % {"name": known.api.name})
    return redirect("outside:list")


@pilot_required
@require_POST
def turn_off(request: HttpRequest, service: str) -> HttpResponse:
    known = _offered(service)
    switches.turn_off(service, person(request))
    said = gettext("« %(name)s » n'est plus interrogé ; sa clé est effacée.")
    messages.success(request, said % {"name": known.api.name})
    return redirect("outside:list")


def _offered(service: str) -> Service:
    known = services().get(service)
    if known is None or not known.leaves:
        raise Http404
    return known
