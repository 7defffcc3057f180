"""What each person answers, and nobody else sees."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.access import person
from egide.workspace.actions.models import Origin
from egide.workspace.actions.services import running_own
from egide.workspace.hygiene import services
from egide.workspace.hygiene.models import Said


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    me, campaign = person(request), services.running()
    told: dict[str, Any] = {"campaign": campaign, "help": hygiene().help, "said": Said.choices, "me": me}
    if campaign is not None:
        checks = services.checks_of(campaign)
        given = services.answers_of(campaign, me)
        actions = running_own(Origin.HYGIENE, me)
        asked = [(one, given.get(one.id, ""), actions.get(one.id)) for one in checks]
        told["themes"] = [(name, list(points)) for name, points in groupby(asked, lambda p: p[0].theme)]
        told["missing"] = len(checks) - len(given)
        told["points"] = len(checks)
    return render(request, "hygiene/mine.html", told)


@require_POST
def answer(request: HttpRequest, pk: int, check: str) -> HttpResponse:
    said = request.POST.get(check, "")
    try:
        action = services.answer(pk, check, said, person(request))
    except WorkspaceError as refused:
        return render(request, "hygiene/_after.html", {"problem": refused.message})
    found = hygiene().check(check)
    return render(request, "hygiene/_after.html", {"check": found, "action": action, "given": said})


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Every answer of the page, for who has no script."""
    try:
        for check in hygiene().checks:
            if check.id in request.POST:
                services.answer(pk, check.id, request.POST[check.id], person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        left = services.missing(person(request))
        said = ngettext(
            "Réponses enregistrées. Il reste %(left)s point.",
            "Réponses enregistrées. Il reste %(left)s points.",
            left,
        )
        done = gettext("Réponses enregistrées. Merci, vous avez répondu à tout.")
        messages.success(request, said % {"left": left} if left else done)
    return redirect("hygiene:mine")
