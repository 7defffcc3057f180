"""Everybody's pages: the usages in force, one's own declarations, and telling a tool without a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.access import person
from egide.workspace.accounts.models import User
from egide.workspace.small_groups import FEWEST
from egide.workspace.usages import services
from egide.workspace.usages.forms import DeclarationForm, UndeclaredForm
from egide.workspace.usages.models import State, Usage
from egide.workspace.usages.shown import shown

PROPOSED = _("Déclaration envoyée : un pilote va la lire. Vous verrez ici sa réponse.")


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    mine = Usage.objects.filter(declared_by=person(request)).order_by("-declared_at")
    context = {"mine": mine[:100], "usages": shown(Usage.objects.filter(active=True))}
    return render(request, "usages/ours.html", context)


@never_cache
def declare(request: HttpRequest) -> HttpResponse:
    form = DeclarationForm(request.POST or None, initial={"department": person(request).department})
    if form.is_valid():
        try:
            services.declare(form.cleaned_data, person(request))
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, PROPOSED)
            return redirect("usages:ours")
    return render(
        request,
        "usages/form.html",
        {"form": form, "title": gettext("Déclarer un usage"), "back": "usages:ours"},
    )


@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    me = person(request)
    usage = get_object_or_404(services.seen_by(me).select_related("decided_by"), pk=pk)
    context = {"one": shown([usage])[0], "mine": usage.declared_by_id == me.pk}
    return render(request, "usages/show.html", context)


@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    unsettled = Usage.objects.filter(declared_by=person(request)).exclude(state=State.VALIDATED)
    usage = get_object_or_404(unsettled, pk=pk)
    form = DeclarationForm(request.POST or None, instance=usage)
    if form.is_valid():
        try:
            services.change(pk, form.cleaned_data, person(request), unsettled=True)
        except WorkspaceError as settled:
            messages.error(request, settled.message)
        else:
            messages.success(request, PROPOSED)
        return redirect("usages:ours")
    context = {
        "form": form,
        "title": gettext("Ma déclaration"),
        "back": "usages:ours",
        "reason": usage.reason,
    }
    return render(request, "usages/form.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.withdraw(pk, person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, gettext("Déclaration retirée."))
    return redirect("usages:ours")


@never_cache
def tell(request: HttpRequest) -> HttpResponse:
    form = UndeclaredForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.tell_undeclared(told["tool"], told["purpose"], told["data"])
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            # No message: it would be written in the session of the person.
            return redirect("usages:thanks")
    people = User.objects.filter(is_active=True, role=Role.COLLABORATOR).count()
    told = {"form": form, "few": people < FEWEST, "fewest": FEWEST}
    return render(request, "usages/tell.html", told)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "usages/thanks.html")
