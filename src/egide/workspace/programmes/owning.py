"""For pilots: entries that the company writes beside those of the directory."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.programmes.entries import own_id
from egide.workspace.programmes.models import OwnProgramme, Review
from egide.workspace.programmes.own_form import OwnForm

MOST: Final = 200
PROPOSED: Final = ("name", "operator", "url")
"""What a result of a search may fill in, to be read before it is saved."""


@pilot_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    proposed = {name: request.GET[name][:400] for name in PROPOSED if name in request.GET}
    form = OwnForm(request.POST or None, initial=proposed)
    if form.is_valid():
        if OwnProgramme.objects.count() < MOST:
            return _save(request, form, gettext("Programme ajouté au répertoire."))
        form.add_error(None, WorkspaceError("EG-6457", limit=MOST).message)
    return render(request, "programmes/own.html", {"form": form, "title": gettext("Ajouter un programme")})


@pilot_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(OwnProgramme, pk=pk)
    form = OwnForm(request.POST or None, instance=own)
    if form.is_valid():
        return _save(request, form, gettext("Programme modifié."))
    told = {"form": form, "title": gettext("Modifier le programme"), "own": own}
    return render(request, "programmes/own.html", told)


@pilot_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(OwnProgramme, pk=pk)
    # Its id will not name another programme, but its reading would outlive it for nothing.
    Review.objects.filter(programme=own_id(own)).delete()
    own.delete()
    said = gettext("Programme retiré du répertoire. Ce que vous en suiviez est gardé.")
    messages.success(request, said)
    return redirect("programmes:list")


def _save(request: HttpRequest, form: OwnForm, said: str) -> HttpResponse:
    own = form.save(commit=False)
    own.by, own.changed_at = person(request), timezone.now()
    own.save()
    messages.success(request, said)
    return redirect("programmes:page", own_id(own))
