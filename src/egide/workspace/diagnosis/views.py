"""Self-diagnoses: the list, an axis to answer, and the result."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from egide.errors import WorkspaceError
from egide.reference.autodiagnostic import Axis, questionnaire
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.actions.models import Origin
from egide.workspace.actions.services import open_shared
from egide.workspace.diagnosis import editions, opinions, quick, services
from egide.workspace.diagnosis.forms import InvitationForm
from egide.workspace.diagnosis.known import proposals
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.report import report
from egide.workspace.diagnosis.shown import CHANGED, asked, shown
from egide.workspace.ui.files import attachment

PAGE: Final = 100
SOON: Final = timedelta(days=30)
LATER: Final = timedelta(days=90)


@pilot_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    every = list(Diagnosis.objects.select_related("by").prefetch_related("answers"))
    told = {
        "lines": [(one, services.result(one)) for one in every],
        "running": next((one for one in every if one.is_open), None),
        "method": questionnaire(),
    }
    return render(request, "diagnosis/list.html", told)


@pilot_required
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    return redirect("diagnosis:quick", services.start(person(request)).pk)


@pilot_required
@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    return _overview(request, diagnosis, InvitationForm(editions.of(diagnosis)))


@pilot_required
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    form = InvitationForm(editions.of(diagnosis), request.POST)
    if not form.is_valid():
        return _overview(request, diagnosis, form)
    asked_for = form.cleaned_data["person"]
    try:
        opinions.invite(pk, asked_for, form.cleaned_data["axes"])
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        said = gettext("%(who)s trouvera ces questions dans « Mon avis ».")
        messages.success(request, said % {"who": asked_for.shown})
    return redirect("diagnosis:overview", pk)


@pilot_required
def axis(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    questionnaire = editions.of(diagnosis)
    if (found := questionnaire.axis(name)) is None:
        raise Http404
    if request.method == "POST":
        return _save(request, diagnosis, found)
    order = questionnaire.axes
    place = order.index(found)
    told = {
        "diagnosis": diagnosis,
        "axis": found,
        "questions": asked(
            questionnaire,
            found.id,
            services.answers(diagnosis),
            opinions=opinions.counts(diagnosis, found.id, person(request)),
            proposals=proposals() if diagnosis.is_open else {},
        ),
        "place": place + 1,
        "axes": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
    return render(request, "diagnosis/axis.html", told)


@pilot_required
@require_POST
def answer(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    try:
        services.answer(pk, question, request.POST.get(question, ""), person(request))
    except WorkspaceError as refused:
        return render(request, "diagnosis/_saved.html", {"problem": refused.message})
    told = {"share": quick.share(get_object_or_404(Diagnosis, pk=pk))} if "quick" in request.POST else {}
    return render(request, "diagnosis/_saved.html", told)


@pilot_required
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Diagnosis, pk=pk)
    try:
        services.finish(pk)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("diagnosis:overview", pk)
    messages.success(request, gettext("Autodiagnostic terminé : ses réponses ne changent plus."))
    return redirect("diagnosis:result", pk)


@pilot_required
@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    seen = shown(diagnosis)
    told = {
        "shown": seen,
        "diagnosis": diagnosis,
        "method": seen.questionnaire.method,
        "prepared": date.fromisoformat(seen.questionnaire.prepared_on),
        "changed": CHANGED,
    }
    return render(request, "diagnosis/result.html", told)


@pilot_required
@require_POST
def close_opinions(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Diagnosis, pk=pk)
    try:
        opinions.close(pk)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, gettext("Avis clos : leurs nombres sont sous chaque question."))
    return redirect("diagnosis:overview", pk)


@pilot_required
@require_POST
def act(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    """Make an action of a remedy; a critical one is more pressing."""
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    found = editions.of(diagnosis).question(question)
    if found is None:
        raise Http404
    due = timezone.localdate() + (SOON if found.critical else LATER)
    action = open_shared(Origin.DIAGNOSIS, question, person(request), due)
    messages.success(request, gettext("Action ajoutée. Dites qui s'en charge et pour quand."))
    return redirect("actions:edit", action.pk)


@pilot_required
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    try:
        made = report(diagnosis)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("diagnosis:result", pk)
    name = f"autodiagnostic-{timezone.localtime(diagnosis.started_at):%Y-%m-%d}.pdf"
    return attachment(made, "application/pdf", name)


def _overview(request: HttpRequest, diagnosis: Diagnosis, form: InvitationForm) -> HttpResponse:
    told: dict[str, Any] = {
        "diagnosis": diagnosis,
        "result": services.result(diagnosis),
        "form": form,
        "prepared": date.fromisoformat(editions.of(diagnosis).prepared_on),
        "current": editions.is_current(diagnosis),
    }
    if diagnosis.is_open:
        page = Paginator(opinions.invited(diagnosis), PAGE).get_page(request.GET.get("page"))
        asked_about = opinions.axes_of(diagnosis, page)
        told |= {"page": page, "invited": [(one, asked_about[one.pk]) for one in page]}
    return render(request, "diagnosis/overview.html", told)


def _save(request: HttpRequest, diagnosis: Diagnosis, found: Axis) -> HttpResponse:
    """Every answer of the page, for who has no script."""
    try:
        for question in editions.of(diagnosis).of_axis(found.id):
            if question.id in request.POST:
                services.answer(diagnosis.pk, question.id, request.POST[question.id], person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("diagnosis:axis", diagnosis.pk, found.id)
    order = [one.id for one in editions.of(diagnosis).axes]
    place = order.index(found.id) + 1
    if place == len(order):
        return redirect("diagnosis:overview", diagnosis.pk)
    return redirect("diagnosis:axis", diagnosis.pk, order[place])
