"""A list in two pages: the file, then a preview where the pilot tells what its columns hold."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.knowledge import background, drafts, following, imports, services, uploads
from egide.workspace.knowledge.columns import SAMPLE, guess
from egide.workspace.knowledge.forms import ColumnsForm, ListForm
from egide.workspace.knowledge.models import Draft, Import

_SHOWN = 8


@pilot_required
def choose(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    too_big = uploads.refusal(request)
    if too_big:
        form = ListForm()
        messages.error(request, too_big)
    elif form.is_valid():
        try:
            return redirect("knowledge:columns", _started(form, request).pk)
        except WorkspaceError as refused:
            form.add_error("name" if refused.code == "EG-6206" else "file", refused.message)
    return render(request, "knowledge/import.html", {"form": form})


def _started(form: ListForm, request: HttpRequest) -> Draft:
    told, file = form.cleaned_data, form.cleaned_data["file"]
    imports.check_name(told["name"].strip())
    return drafts.start(told["name"].strip(), told["kind"], file.name, file.read(), person(request))


@pilot_required
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        draft = drafts.find(pk, person(request))
    except WorkspaceError as gone:
        messages.error(request, gone.message)
        return redirect("knowledge:import")
    rows = list(islice(drafts.rows_of(draft), SAMPLE))
    form = ColumnsForm(request.POST or None, guess(rows), rows[0])
    if form.is_valid():
        try:
            following.follow(request, imports.ask(draft, form.layout, person(request)))
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            background.wake_all()
            return redirect("knowledge:overview")
    told = {"form": form, "draft": draft, "rows": rows[:_SHOWN], "columns": list(form.columns)}
    return render(request, "knowledge/columns.html", told)


@pilot_required
@require_POST
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    for one in Import.objects.filter(draft=pk, by=person(request)):
        imports.drop(one)
    Draft.objects.filter(pk=pk, by=person(request)).delete()
    messages.info(request, gettext("Import abandonné : rien n'a été gardé."))
    return redirect("knowledge:overview")


@pilot_required
def progress(request: HttpRequest) -> HttpResponse:
    """What goes on, for a page that is open; with the lists, once one of those it showed has ended."""
    told = following.look(request)
    shown = {str(one.pk) for one in told["live"]}
    ended = not shown.issuperset(request.GET.getlist("live"))
    return render(request, "knowledge/_progress.html", {**told, "lists": services.lists() if ended else None})


@pilot_required
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = Import.objects.filter(pk=pk).first()
    if one is None:  # it ended between the look at the page and the click
        messages.info(request, gettext("Cet import était déjà terminé."))
    else:
        imports.drop(one)
        said = gettext("Import de « %(name)s » abandonné : rien n'a été gardé.")
        messages.info(request, said % {"name": one.name})
    return redirect("knowledge:overview")
