"""The pilot's pages: the inventory, one usage, decisions, and what was told without a name or observed."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.usages import services
from egide.workspace.usages.forms import PilotForm, ReturnForm, ValidationForm
from egide.workspace.usages.models import State, Undeclared, Usage
from egide.workspace.usages.observed import DAYS, seen
from egide.workspace.usages.selecting import Selection, selected
from egide.workspace.usages.shown import history, shown
from egide.workspace.usages.words import DATA, told

PAGE = 50


@never_cache
@pilot_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    selection = Selection(request.GET)
    page = Paginator(selected(selection), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "usages": shown(page),
        "selection": selection,
        "query": selection.query(),
        "undeclared": Undeclared.objects.count(),
    }
    return render(request, "usages/list.html", context)


@pilot_required
def add(request: HttpRequest) -> HttpResponse:
    begun = {name: request.GET.get(name, "")[:80] for name in ("name", "tool")}
    form = PilotForm(request.POST or None, initial=begun)
    del form.fields["active"]
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.add(given["name"], given["description"], by=person(request), answers=given)
        except WorkspaceError as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, gettext("Usage ajouté et validé : il est proposé dans l'Assistant."))
            return redirect("usages:list")
    return render(
        request,
        "usages/form.html",
        {"form": form, "title": gettext("Ajouter un usage"), "back": "usages:list"},
    )


@never_cache
@pilot_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    usage = get_object_or_404(Usage.objects.select_related("declared_by", "decided_by"), slug=slug)
    form = PilotForm(request.POST or None, instance=usage)
    if usage.state != State.VALIDATED:
        del form.fields["active"], form.fields["review_on"]
    if form.is_valid():
        services.change(usage.pk, form.cleaned_data, person(request))
        messages.success(request, gettext("Usage modifié."))
        return redirect("usages:list")
    return _page(request, usage, form, ValidationForm(), ReturnForm())


@pilot_required
@require_POST
def validate(request: HttpRequest, slug: str) -> HttpResponse:
    usage, form = get_object_or_404(Usage, slug=slug), ValidationForm(request.POST)
    if not form.is_valid():
        return _page(request, usage, PilotForm(instance=usage), form, ReturnForm())
    try:
        services.validate(usage.pk, person(request), form.cleaned_data["review_on"], read=_read(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        said = gettext("« %(name)s » est validé : il est proposé dans l'Assistant.")
        messages.success(request, said % {"name": usage.name})
    return redirect("usages:list")


@pilot_required
@require_POST
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    usage, form = get_object_or_404(Usage, slug=slug), ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, usage, PilotForm(instance=usage), ValidationForm(), form)
    try:
        services.send_back(usage.pk, person(request), form.cleaned_data["reason"], read=_read(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        said = gettext("« %(name)s » est renvoyé : la personne lira ce qui manque.")
        messages.success(request, said % {"name": usage.name})
    return redirect("usages:list")


@never_cache
@pilot_required
@require_safe
def undeclared(request: HttpRequest) -> HttpResponse:
    page = Paginator(Undeclared.objects.all(), PAGE).get_page(request.GET.get("page"))
    rows = [(one, told(one.data, DATA)) for one in page]
    return render(request, "usages/undeclared.html", {"page": page, "rows": rows})


@pilot_required
@require_POST
def propose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        usage = services.propose_undeclared(get_object_or_404(Undeclared, pk=pk), person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("usages:undeclared")
    messages.success(request, gettext("Voici l'usage proposé : complétez-le, puis validez-le."))
    return redirect("usages:edit", usage.slug)


@pilot_required
@require_POST
def forget(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    Undeclared.objects.filter(pk=pk).delete()
    messages.success(request, gettext("Déclaration supprimée."))
    return redirect("usages:undeclared")


@never_cache
@pilot_required
@require_safe
def observed(request: HttpRequest) -> HttpResponse:
    rows = seen(timezone.now() - timedelta(days=DAYS))
    return render(request, "usages/observed.html", {"rows": rows, "days": DAYS})


def _read(request: HttpRequest) -> int:
    given = request.POST.get("read", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else -1


def _page(
    request: HttpRequest, usage: Usage, form: PilotForm, validation: ValidationForm, back: ReturnForm
) -> HttpResponse:
    context = {
        "form": form,
        "one": shown([usage])[0],
        "history": history(usage),
        "read": services.last_change(usage),
        "validation": validation,
        "back": back,
    }
    return render(request, "usages/usage.html", context)
