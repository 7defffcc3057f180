"""A person's first page, and that of those who lead."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from egide.policy import Role
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.overview import pieces
from egide.workspace.overview.series import series
from egide.workspace.overview.tally import catch_up
from egide.workspace.providers.services import in_force as providers
from egide.workspace.ui.journey import steps
from egide.workspace.ui.menu import entries_for, waiting
from egide.workspace.usages.services import available

SOON = timedelta(days=60)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    me, today = person(request), timezone.localdate()
    duties = pieces.duties_of(me)
    told = {
        "left": [(one, one.late(today)) for one in duties if not one.done],
        "done": [one for one in duties if one.done],
        "duties": duties,
        "usages": available(),
        "providers": [one.name for one in providers()],
    }
    return render(request, "overview/mine.html", told)


@never_cache
@pilot_required
@require_safe
def company(request: HttpRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    catch_up(now)
    role = Role(person(request).role)
    counted = [
        (one.label, reverse(one.view), waiting(request, one)) for one in entries_for(role) if one.waiting
    ]
    dated = pieces.dates(today)
    told = {
        "waiting": [entry for entry in counted if entry[2]],
        "steps": [step for step in steps() if not step.state().done],
        "figures": pieces.figures(),
        "late": [one for one in dated if one.day < today],
        "next": [one for one in dated if today <= one.day <= today + SOON],
        "series": series(today),
    }
    return render(request, "overview/company.html", told)
