"""Proposals to decide, those decided, and the file of test cases."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.feedback import services
from egide.workspace.feedback.export import lines
from egide.workspace.feedback.models import Decision, Kind, Proposal
from egide.workspace.feedback.shown import shown
from egide.workspace.ui.files import attachment

PAGE = 25
ACCEPTED = {
    Kind.NOT_PERSONAL: _("Accepté : cette valeur ne sera plus masquée, pour toute l'entreprise."),
    Kind.HIDE: _("Accepté : cette valeur sera masquée, pour toute l'entreprise."),
}


@never_cache
@pilot_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    every = Proposal.objects.select_related("by").prefetch_related("voices__person")
    waiting = _page(request, "page", every.filter(decision=Decision.OPEN))
    decided = _page(request, "traites", every.exclude(decision=Decision.OPEN))
    told = {
        "waiting": waiting,
        "proposals": shown(waiting),
        "decided": decided,
        "decisions": shown(decided),
        "history_days": configuration.current().history_days,
    }
    return render(request, "feedback/list.html", told)


@pilot_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, Decision.ACCEPTED)


@pilot_required
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, Decision.REFUSED)


@pilot_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.remove(pk)
    except WorkspaceError as gone:
        messages.error(request, gone.message)
    else:
        messages.success(request, gettext("Signalement supprimé. Ce qui avait été décidé reste en vigueur."))
    return redirect("feedback:list")


@pilot_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    name = f"cas-de-test-egide-{timezone.localdate():%Y-%m-%d}.jsonl"
    return attachment("".join(lines()), "application/x-ndjson; charset=utf-8", name)


def _page(request: HttpRequest, parameter: str, proposals: QuerySet[Proposal]) -> Page[Proposal]:
    return Paginator(proposals, PAGE).get_page(request.GET.get(parameter))


def _decide(request: HttpRequest, pk: int, decision: Decision) -> HttpResponse:
    try:
        decided = services.decide(pk, decision, person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        accepted = decision is Decision.ACCEPTED
        said = ACCEPTED[Kind(decided.kind)] if accepted else gettext("Refusé : rien ne change.")
        messages.success(request, said)
    return redirect("feedback:list")
