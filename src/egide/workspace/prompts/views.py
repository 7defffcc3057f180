"""The library, and the page of one prompt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from egide.errors import WorkspaceError
from egide.reference.prompts import prompts
from egide.reference.sources import to_review
from egide.workspace.accounts.access import person
from egide.workspace.prompts import catalogue, marks, own, prepared
from egide.workspace.prompts.catalogue import Entry
from egide.workspace.prompts.filling import fill
from egide.workspace.prompts.forms import ValuesForm
from egide.workspace.prompts.shown import lines

STARS = (1, 2, 3, 4, 5)


@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    reader = person(request)
    chosen = request.GET.get("service", "")
    told = {
        "lines": lines(reader, chosen),
        "departments": catalogue.departments(),
        "chosen": chosen if chosen in catalogue.departments() else "",
        "help": prompts().help,
        "mine": [catalogue.of_draft(row) for row in own.mine(reader)],
        "waiting": own.waiting() if reader.is_pilot else 0,
    }
    return render(request, "prompts/list.html", told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, ref: str) -> HttpResponse:
    reader = person(request)
    entry = _found(request, ref)
    form = ValuesForm(entry.content, request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = fill(entry.content, form.values())
        return redirect("assistant:prepared", prepared.prepare(reader, ref, text, timezone.now()))
    told: dict[str, Any] = {
        "entry": entry,
        "form": form,
        "favourite": ref in marks.favourites(reader),
        "average": marks.average(ref),
        "mine": marks.mine(reader, ref),
        "stars": STARS,
        "help": prompts().help,
        "may_edit": entry.author_id == reader.pk,
        "may_withdraw": bool(entry.version) and (entry.author_id == reader.pk or reader.is_pilot),
        "stale": not entry.state and to_review(prompts().prepared_on, timezone.localdate()),
    }
    return render(request, "prompts/one.html", told)


@require_POST
def favourite(request: HttpRequest, ref: str) -> HttpResponse:
    marks.set_favourite(person(request), _found(request, ref).ref, wanted=request.POST.get("wanted") == "yes")
    return redirect("prompts:one", ref)


@require_POST
def rate(request: HttpRequest, ref: str) -> HttpResponse:
    entry, stars = _found(request, ref), request.POST.get("stars", "")
    if stars in {str(one) for one in STARS}:
        marks.rate(person(request), entry.ref, int(stars))
        messages.success(request, gettext("Votre note est comptée ; personne ne la voit à votre nom."))
    return redirect("prompts:one", ref)


def _found(request: HttpRequest, ref: str) -> Entry:
    try:
        return catalogue.find(person(request), ref)
    except WorkspaceError as problem:
        raise Http404(problem.message) from None
