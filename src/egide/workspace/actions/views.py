"""The actions that a person sees, and the form of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person
from egide.workspace.actions import services
from egide.workspace.actions.forms import ActionForm
from egide.workspace.actions.models import RUNNING
from egide.workspace.actions.texts import text

PAGE = 50


@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    seen = services.visible_to(person(request))
    mine = seen.filter(owner=person(request), state__in=RUNNING)
    others = seen.filter(state__in=RUNNING).exclude(owner=person(request))
    ended = seen.exclude(state__in=RUNNING).order_by("-changed_at", "-pk")
    parts = []
    for name, title, actions in (
        ("miennes", gettext("À moi de faire"), mine),
        ("autres", gettext("À d'autres personnes"), others),
        ("finies", gettext("Terminées"), ended),
    ):
        page = Paginator(actions, PAGE).get_page(request.GET.get(name))
        lines = [(one, text(one.origin, one.reference)) for one in page]
        parts.append({"name": name, "title": title, "page": page, "lines": lines})
    return render(request, "actions/list.html", {"parts": parts})


@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    me = person(request)
    action = get_object_or_404(services.visible_to(me), pk=pk)
    form = ActionForm(action, request.POST or None, may_give=me.is_pilot and action.shared)
    if form.is_valid():
        form.save(action)
        action.changed_at = timezone.now()
        try:
            with transaction.atomic():
                action.save()
        except IntegrityError:
            form.add_error("state", gettext("Une autre action court déjà sur ce point : reprenez celle-là."))
        else:
            messages.success(request, gettext("Action modifiée."))
            return redirect("actions:list")
    told = {
        "form": form,
        "action": action,
        "text": text(action.origin, action.reference),
        "private": action.about == me and not action.shared,
    }
    return render(request, "actions/form.html", told)


@require_POST
def ask_for_help(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.ask_for_help(pk, person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("actions:list")
    messages.success(
        request, gettext("Les pilotes voient maintenant que vous demandez de l'aide sur ce point.")
    )
    return redirect("actions:edit", pk)
