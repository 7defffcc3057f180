"""For pilots: the questionnaire on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.diagnosis import editions, quick, services
from egide.workspace.diagnosis.models import Diagnosis


@pilot_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    diagnosis = get_object_or_404(Diagnosis, pk=pk)
    if request.method == "POST":
        return _save(request, diagnosis)
    if not diagnosis.is_open:
        return redirect("diagnosis:result", pk)
    told = {
        "diagnosis": diagnosis,
        "share": quick.share(diagnosis),
        "confirmable": quick.confirmable(diagnosis),
        "groups": quick.groups(diagnosis),
    }
    return render(request, "diagnosis/quick.html", told)


@pilot_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Diagnosis, pk=pk)
    try:
        kept = quick.confirm(pk, request.POST.getlist("question"), person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("diagnosis:overview", pk)
    if kept:
        said = gettext("Réponses confirmées : %(kept)s. Vous pouvez encore les changer plus bas.")
        messages.success(request, said % {"kept": kept})
    return redirect("diagnosis:quick", pk)


def _save(request: HttpRequest, diagnosis: Diagnosis) -> HttpResponse:
    """Every answer of the page, for who has no script; ``fin``: it is finished, too."""
    given = services.answers(diagnosis)
    try:
        for question in editions.of(diagnosis).questions:
            said = request.POST.get(question.id)
            if said is not None and said != given.get(question.id):
                services.answer(diagnosis.pk, question.id, said, person(request))
        if "fin" in request.POST:
            services.finish(diagnosis.pk, partly="partly" in request.POST)
            messages.success(request, gettext("Autodiagnostic terminé : ses réponses ne changent plus."))
            return redirect("diagnosis:result", diagnosis.pk)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    return redirect("diagnosis:quick", diagnosis.pk)
