"""What the company says of itself, and its first steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.reference.professions import professions
from egide.workspace.accounts.access import pilot_required
from egide.workspace.company import services
from egide.workspace.company.forms import CompanyForm
from egide.workspace.company.lookup import LONGEST, search_company
from egide.workspace.outside import switches
from egide.workspace.outside.catalogue import COMPANIES
from egide.workspace.outside.catalogue import services as outside
from egide.workspace.ui.journey import steps
from egide.workspace.welcome.models import Welcome


@never_cache
@pilot_required
def profile(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST or None, instance=services.current())
    if form.is_valid():
        form.save()
        messages.success(request, gettext("C'est noté."))
        return redirect("company:profile")
    return render(request, "company/profile.html", _page(form))


@never_cache
@pilot_required
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Asks the public service, by POST: what is looked for stays out of addresses."""
    wanted = request.POST.get("wanted", "")
    told: dict[str, Any] = {"wanted": wanted[:LONGEST], "asked": True}
    try:
        told["found"] = search_company(wanted)
    except WorkspaceError as refused:
        told["refused"] = refused
    if request.headers.get("HX-Request") == "true":
        return render(request, "company/_found.html", told)
    return render(request, "company/profile.html", _page(CompanyForm(instance=services.current())) | told)


@never_cache
@pilot_required
@require_POST
def fill(request: HttpRequest) -> HttpResponse:
    """The form with what was found in it, and what was being written kept; nothing is saved."""
    form = CompanyForm(instance=services.current())
    for name in form.fields:
        if (value := request.POST.get(f"found-{name}") or request.POST.get(name)) is not None:
            form.initial[name] = value
    told = {"filled": True}
    if request.headers.get("HX-Request") == "true":
        return render(request, "company/_form.html", {"form": form} | told)
    return render(request, "company/profile.html", _page(form) | told)


@never_cache
@pilot_required
@require_safe
def journey(request: HttpRequest) -> HttpResponse:
    states = [(step, step.state()) for step in steps()]
    done = sum(state.done for _, state in states)
    following = next((step for step, state in states if not state.done), None)
    told = {
        "states": states,
        "done": done,
        "following": following,
        "minutes": sum(step.minutes for step, state in states if not state.done),
        "welcome": Welcome.objects.filter(id=1).first(),
    }
    return render(request, "company/journey.html", told)


def _page(form: CompanyForm) -> dict[str, Any]:
    held = services.current().profession
    return {
        "form": form,
        "chosen": next((one for one in professions().professions if one.id == held), None),
        "service": outside()[COMPANIES],
        "is_open": switches.is_on(COMPANIES),
        "longest": LONGEST,
    }
