"""What an invited person is asked, and answers alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person
from egide.workspace.diagnosis import editions, opinions
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.shown import asked


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    diagnosis, axes = opinions.asked_of(person(request))
    return render(request, "diagnosis/opinions.html", {"diagnosis": diagnosis, "axes": axes})


@never_cache
def axis(request: HttpRequest, name: str) -> HttpResponse:
    me = person(request)
    diagnosis, axes = opinions.asked_of(me)
    found = next((one for one, _ in axes if one.id == name), None)
    if diagnosis is None or found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, diagnosis, name)
    told = {
        "diagnosis": diagnosis,
        "axis": found,
        "questions": asked(editions.of(diagnosis), name, opinions.given_by(diagnosis, me)),
    }
    return render(request, "diagnosis/opinion.html", told)


@require_POST
def answer(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    try:
        opinions.answer(pk, question, request.POST.get(question, ""), person(request))
    except WorkspaceError as refused:
        return render(request, "diagnosis/_saved.html", {"problem": refused.message})
    return render(request, "diagnosis/_saved.html")


def _save(request: HttpRequest, diagnosis: Diagnosis, name: str) -> HttpResponse:
    """Every answer of the page, for who has no script."""
    try:
        for question in editions.of(diagnosis).of_axis(name):
            if question.id in request.POST:
                opinions.answer(diagnosis.pk, question.id, request.POST[question.id], person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, gettext("Votre avis est enregistré. Merci."))
    return redirect("diagnosis:opinions")
