"""The classes of the usages to download, and the sheet of one."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.ai_act import services
from egide.workspace.ai_act.export import csv_lines, rows
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.report import sheet_of
from egide.workspace.ai_act.shown import with_assessments
from egide.workspace.ui.files import attachment
from egide.workspace.usages.models import Usage


@pilot_required
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    told = rows(with_assessments(Usage.objects.all()), timezone.localdate())
    return attachment("".join(csv_lines(told)), "text/csv; charset=utf-8", _name("csv"))


@pilot_required
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    told = rows(with_assessments(Usage.objects.all()), timezone.localdate())
    content = {"table": services.version(), "date": timezone.localdate().isoformat(), "usages": told}
    return attachment(json.dumps(content, ensure_ascii=False, indent=2), "application/json", _name("json"))


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    usage = get_object_or_404(services.seen_by(person(request)), slug=slug)
    pending = services.open_one(usage)
    return _sheet(request, usage, services.standing(usage), f"reglement-ia-{slug}.pdf", pending)


@require_safe
def kept_sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    usage = get_object_or_404(services.seen_by(person(request)), slug=slug)
    confirmed = usage.assessments.exclude(confirmed_at=None).select_related("confirmed_by")
    one = get_object_or_404(confirmed, pk=pk)
    day = f"{timezone.localdate(one.confirmed_at):%Y-%m-%d}"
    return _sheet(request, usage, one, f"reglement-ia-{slug}-{day}.pdf")


def _sheet(
    request: HttpRequest, usage: Usage, one: Assessment | None, name: str, pending: Assessment | None = None
) -> HttpResponse:
    try:
        made = sheet_of(usage, one, pending)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("ai_act:one", usage.slug)
    return attachment(made, "application/pdf", name)


def _name(ending: str) -> str:
    return f"reglement-ia-{timezone.localdate():%Y-%m-%d}.{ending}"
