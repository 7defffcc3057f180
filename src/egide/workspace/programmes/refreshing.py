"""For pilots: a newer file of the directory, given and shown as a difference before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from egide.errors import WorkspaceError
from egide.reference.programmes import programmes
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.programmes import directory, releases
from egide.workspace.programmes.changes import difference
from egide.workspace.programmes.models import Follow
from egide.workspace.programmes.receiving import MOST_BYTES, WrongFormError


@never_cache
@pilot_required
@require_http_methods(["GET", "HEAD", "POST"])
def refresh(request: HttpRequest) -> HttpResponse:
    told: dict[str, Any] = {}
    if request.method == "POST":
        try:
            releases.give(_file(request), person(request))
        except WorkspaceError as refused:
            told["refused"] = refused
            told["problems"] = refused.problems if isinstance(refused, WrongFormError) else ()
        else:
            return redirect("programmes:refresh")
    waiting = releases.waiting()
    now = directory.in_force()
    last = releases.taken()
    told |= {
        "waiting": waiting,
        "followed": set(Follow.objects.values_list("programme", flat=True)),
        "now": now,
        "shipped": programmes(),
        "last": last if last and last.prepared_on > programmes().prepared else None,
        "limit": MOST_BYTES // 1_000,
    }
    try:
        told["difference"] = difference(now, releases.read(waiting)) if waiting else None
    except WorkspaceError as refused:
        told["refused"] = refused
    return render(request, "programmes/refresh.html", told)


@pilot_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    said = gettext("Le nouveau répertoire est en vigueur.")
    return _do(request, lambda: releases.take(pk, person(request)), said)


@pilot_required
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    said = gettext("Fichier abandonné : le répertoire n'a pas changé.")
    return _do(request, lambda: releases.give_up(pk), said)


@pilot_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    said = gettext("Le répertoire précédent est de nouveau en vigueur.")
    return _do(request, lambda: releases.undo(pk), said)


def _file(request: HttpRequest) -> bytes:
    """What was given. A file over the bound of all requests was dropped by Django without a word."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    given = request.FILES.get("file")
    if (length.isdigit() and int(length) > MOST_BYTES + 10_000) or (given and (given.size or 0) > MOST_BYTES):
        raise WorkspaceError("EG-6452", limit=MOST_BYTES // 1_000)
    return given.read() if given else b""


def _do(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    return redirect("programmes:refresh")
