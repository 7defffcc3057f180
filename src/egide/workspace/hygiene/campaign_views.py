"""Campaigns as pilots see them: who has not answered yet, then counts by point."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.hygiene import services
from egide.workspace.hygiene.forms import CampaignForm
from egide.workspace.hygiene.models import Campaign
from egide.workspace.hygiene.report import report
from egide.workspace.small_groups import FEWEST
from egide.workspace.ui.files import attachment

PAGE = 100


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if form.is_valid():
        try:
            campaign = services.start(
                form.cleaned_data["themes"], form.cleaned_data["ends_on"], person(request)
            )
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(
                request, gettext("Campagne lancée : chacun la trouve dans « Bonnes pratiques ».")
            )
            return redirect("hygiene:campaign", campaign.pk)
    told = {"form": form, "trends": services.trends(), "running": services.running()}
    return render(request, "hygiene/campaigns.html", told)


@never_cache
@pilot_required
@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.select_related("by"), pk=pk)
    told = {
        "campaign": found,
        "points": len(services.checks_of(found)),
        "lines": services.counted(found),
        "previous": services.previous(found),
        "fewest": FEWEST,
        "late": found.is_open and found.ends_on < timezone.localdate(),
    }
    if found.is_open:
        told["people"] = Paginator(services.unfinished(found), PAGE).get_page(request.GET.get("page"))
    return render(request, "hygiene/campaign.html", told)


@pilot_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Campaign, pk=pk)
    try:
        services.close(pk)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, gettext("Campagne close : les réponses ne changent plus."))
    return redirect("hygiene:campaign", pk)


@pilot_required
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Campaign, pk=pk)
    try:
        made = report(found)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("hygiene:campaign", pk)
    name = f"bonnes-pratiques-{timezone.localtime(found.started_at):%Y-%m-%d}.pdf"
    return attachment(made, "application/pdf", name)
