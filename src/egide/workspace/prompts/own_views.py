"""Writing one's own prompts, asking for approval, comparing versions; deciding, for pilots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.prompts import catalogue, own
from egide.workspace.prompts.forms import ContentForm
from egide.workspace.prompts.models import Prompt
from egide.workspace.prompts.sealing import open_draft, open_word
from egide.workspace.prompts.shown import versions_of, waiting_for

PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    author, origin = person(request), request.GET.get("depuis", "")
    content = _or_404(lambda: catalogue.find(author, origin).content) if origin else None
    form = ContentForm(request.POST or None, content)
    if form.is_valid() and form.content:
        try:
            made = own.write(author, form.content, timezone.now())
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, gettext("Brouillon enregistré : vous seul le voyez."))
            return redirect("prompts:edit", str(made.pk))
    return render(request, "prompts/form.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    author = person(request)
    row = _or_404(lambda: own.draft(author, ref))
    form = ContentForm(request.POST or None, open_draft(row))
    if form.is_valid() and form.content:
        own.write(author, form.content, timezone.now(), ref)
        messages.success(
            request, gettext("Enregistré. Vos collègues n'en voient rien avant l'accord d'un pilote.")
        )
        return redirect("prompts:edit", ref)
    told = {"form": form, "row": row, "entry": catalogue.of_draft(row), "word": open_word(row)}
    return render(request, "prompts/form.html", told)


@require_POST
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    _or_404(lambda: own.submit(person(request), ref, timezone.now()))
    messages.success(request, gettext("Proposée : un pilote la lira."))
    return redirect("prompts:edit", ref)


@require_POST
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    _or_404(lambda: own.take_back(person(request), ref))
    return redirect("prompts:edit", ref)


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    _or_404(lambda: own.withdraw(person(request), ref))
    messages.success(request, gettext("Cette demande n'est plus proposée."))
    return redirect("prompts:list")


@require_POST
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    _or_404(lambda: own.remove(person(request), ref))
    messages.success(request, gettext("Demande type supprimée."))
    return redirect("prompts:list")


@never_cache
@require_safe
def versions(request: HttpRequest, ref: str) -> HttpResponse:
    entry = _or_404(lambda: catalogue.find(person(request), ref))
    if not entry.version:
        raise Http404
    return render(request, "prompts/versions.html", {"entry": entry, "versions": versions_of(ref)})


@never_cache
@pilot_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    rows = Prompt.objects.filter(state="waiting").select_related("author").order_by("changed_at", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "prompts/approvals.html", {"page": page, "waiting": waiting_for(list(page))})


@pilot_required
@require_POST
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    accepted = request.POST.get("decision") == "accept"
    seen, word = request.POST.get("seen", ""), request.POST.get("word", "")
    try:
        own.decide(person(request), ref, seen, timezone.now(), accepted=accepted, word=word)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(
            request, gettext("Approuvée : chacun peut l'utiliser.") if accepted else gettext("Refusée.")
        )
    return redirect("prompts:approvals")


def _or_404(asked: Callable[[], Any]) -> Any:
    try:
        return asked()
    except WorkspaceError as problem:
        raise Http404(problem.message) from None
