"""The pilot's pages: where people are, the proof, and asking everybody to pass a module again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.training import evidence, following, reminder, services
from egide.workspace.training.rules import note_editions
from egide.workspace.training.views import module_or_404
from egide.workspace.ui.files import attachment

PAGE = 50


@never_cache
@pilot_required
@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    note_editions()
    seen = following.overview()
    late = [one for one in seen.people if one.late]
    asked, everybody = request.GET.get("q", "").strip(), bool(request.GET.get("tous"))
    found = [
        one
        for one in (seen.people if everybody else late)
        if asked.lower() in f"{one.name} {one.email}".lower()
    ]
    told = {
        "total": len(seen.people),
        "late": len(late),
        "addresses": ", ".join(one.email for one in late),
        "whole": sum(len(one.passed) == len(seen.counts) for one in seen.people),
        "counts": seen.counts,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "everybody": everybody,
        "message": reminder.message(configuration.current().base_url + reverse("training:list")),
    }
    return render(request, "training/follow.html", told)


@never_cache
@pilot_required
@require_safe
def proof_table(request: HttpRequest) -> HttpResponse:
    lines = evidence.table(following.everybody(), services.last_passed())
    return _file("".join(lines), "text/csv; charset=utf-8", "csv")


@never_cache
@pilot_required
@require_safe
def proof_pdf(request: HttpRequest) -> HttpResponse:
    try:
        made = evidence.printed(following.everybody(), timezone.now())
    except WorkspaceError as problem:
        messages.error(request, problem.message)
        return redirect("training:follow")
    return _file(made, "application/pdf", "pdf")


@pilot_required
@require_POST
def ask_again(request: HttpRequest, module: str) -> HttpResponse:
    found = module_or_404(module)
    following.ask_again(found, person(request))
    said = gettext("« %(title)s » est à refaire par chacun, dans les trente jours.")
    messages.success(request, said % {"title": found.title})
    return redirect("training:follow")


def _file(content: str | bytes, kind: str, extension: str) -> HttpResponse:
    name = f"preuve-formation-{timezone.localdate():%Y-%m-%d}.{extension}"
    return attachment(content, kind, name)
