"""What the company says of itself, and its first steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from egide.reference.professions import professions
from egide.workspace.accounts.access import pilot_required
from egide.workspace.company import services
from egide.workspace.company.forms import CompanyForm
from egide.workspace.ui.journey import steps


@never_cache
@pilot_required
def profile(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST or None, instance=services.current())
    if form.is_valid():
        form.save()
        messages.success(request, "C'est noté.")
        return redirect("company:profile")
    told = services.current().profession
    chosen = next((one for one in professions().professions if one.id == told), None)
    return render(request, "company/profile.html", {"form": form, "chosen": chosen})


@never_cache
@pilot_required
@require_safe
def journey(request: HttpRequest) -> HttpResponse:
    states = [(step, step.state()) for step in steps()]
    done = sum(state.done for _, state in states)
    following = next((step for step, state in states if not state.done), None)
    return render(request, "company/journey.html", {"states": states, "done": done, "following": following})
