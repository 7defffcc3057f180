"""One's own requests, one of them with its form and its code, and the pilots' queue."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError, WorkspaceError
from egide.workspace import configuration
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.justifications import codes, services
from egide.workspace.justifications.forms import DecisionForm, ReasonForm
from egide.workspace.justifications.models import Justification, State
from egide.workspace.justifications.shown import may_decide, shown
from egide.workspace.notice.access import informed_required

PAGE = 25


@never_cache
@require_safe
@informed_required
def mine(request: HttpRequest) -> HttpResponse:
    rows = Justification.objects.filter(person=person(request)).select_related("person", "decided_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "requests": shown(page), "history_days": configuration.current().history_days}
    return render(request, "justifications/mine.html", told)


@never_cache
@require_safe
@informed_required
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, public_id)


@never_cache
@require_POST
@informed_required
def explain(request: HttpRequest, public_id: str) -> HttpResponse:
    _own(request, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, public_id, form)
    try:
        row = services.explain(public_id, person(request), form.cleaned_data["reason"], timezone.now())
    except WorkspaceError as refused:
        form.add_error("reason" if refused.code == "EG-6161" else None, refused.message)
        return _page(request, public_id, form)
    if row.state == State.APPROVED and row.door == "api":
        return _page(request, public_id, code=codes.issue(public_id, person(request), timezone.now()))
    return redirect("justifications:one", public_id)


@never_cache
@require_POST
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    _own(request, public_id)
    try:
        issued = codes.issue(public_id, person(request), timezone.now())
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("justifications:one", public_id)
    return _page(request, public_id, code=issued)


@never_cache
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    _own(request, public_id)
    services.withdraw(public_id, person(request))
    messages.success(
        request, gettext("Demande abandonnée : rien ne part, et plus personne n'a à en décider.")
    )
    return redirect("justifications:mine")


@never_cache
@pilot_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    rows = Justification.objects.select_related("person", "decided_by").exclude(sealed_reason=b"")
    alive = rows.filter(state=State.WAITING, expires_at__gt=timezone.now()).order_by("created_at", "pk")
    waiting = Paginator(alive, PAGE).get_page(request.GET.get("page"))
    past = rows.exclude(pk__in=alive.values("pk"))
    decided = Paginator(past, PAGE).get_page(request.GET.get("traites"))
    told = {
        "waiting": waiting,
        "requests": shown(waiting),
        "decided": decided,
        "past": shown(decided),
        "history_days": configuration.current().history_days,
    }
    return render(request, "justifications/queue.html", told)


@never_cache
@pilot_required
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    accepted, word = request.POST.get("decision") == "accept", request.POST.get("word", "")
    try:
        services.decide(public_id, person(request), accepted=accepted, word=word, now=timezone.now())
    except EgideError as refused:
        if refused.code != "EG-6164":
            messages.error(request, refused.message)
            return redirect("justifications:queue")
        form = DecisionForm(request.POST)
        form.add_error("word", refused.message)
        return _page(request, public_id, decision=form)
    said = (
        gettext("Accepté : la personne peut faire cet envoi, une fois.")
        if accepted
        else gettext("Refusé : rien ne part.")
    )
    messages.success(request, said)
    return redirect("justifications:queue")


def _page(
    request: HttpRequest,
    public_id: str,
    form: ReasonForm | None = None,
    *,
    code: str = "",
    decision: DecisionForm | None = None,
) -> HttpResponse:
    viewer = person(request)
    try:
        row = services.find(public_id, viewer)
    except WorkspaceError as unknown:
        raise Http404(unknown.message) from None
    settings = configuration.current()
    (told,) = shown([row])
    context = {
        "one": told,
        "mine": row.person_id == viewer.pk,
        "form": form or ReasonForm(),
        "decision": (decision or DecisionForm()) if may_decide(row, viewer) and told.to_decide else None,
        "alone": services.decides_alone(row.person),
        "code": code,
        "minutes": settings.justification_minutes,
        "history_days": settings.history_days,
    }
    return render(request, "justifications/one.html", context)


def _own(request: HttpRequest, public_id: str) -> None:
    if services.state_of(public_id, person(request)) is None:
        raise Http404
