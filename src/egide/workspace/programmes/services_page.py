"""For pilots: a search in the public services that are on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import pilot_required
from egide.workspace.outside import switches
from egide.workspace.outside.catalogue import AIDS, DATASETS, services
from egide.workspace.programmes.searching import LONGEST, search


@never_cache
@pilot_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Asked by POST: what is looked for stays out of addresses, and nothing is asked by a mere link."""
    told: dict[str, Any] = {
        "on": [services()[one] for one in (AIDS, DATASETS) if switches.is_on(one)],
        "longest": LONGEST,
    }
    chosen, words = request.POST.get("service", ""), request.POST.get("q", "")
    if request.method == "POST":
        told |= {"words": words, "chosen": services().get(chosen)}
        try:
            told["hits"] = search(chosen if chosen in (AIDS, DATASETS) else AIDS, words)
        except WorkspaceError as refused:
            told["refused"] = refused
    return render(request, "programmes/find.html", told)
