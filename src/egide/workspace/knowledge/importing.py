"""A list in two pages: the file, then a preview where the pilot tells what its columns hold."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.knowledge import drafts, services, uploads
from egide.workspace.knowledge.columns import guess
from egide.workspace.knowledge.forms import ColumnsForm, ListForm
from egide.workspace.knowledge.models import Draft, TermList

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
    services.check_name(TermList, told["name"].strip())
    return drafts.start(told["name"].strip(), told["kind"], file.name, file.read(), person(request))


@pilot_required
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        draft = drafts.find(pk, person(request))
    except WorkspaceError as gone:
        messages.error(request, gone.message)
        return redirect("knowledge:import")
    rows = drafts.rows_of(draft)
    form = ColumnsForm(request.POST or None, guess(rows), rows[0])
    if form.is_valid():
        try:
            kept = services.finish_import(draft, form.layout, person(request))
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _told(kept))
            return redirect("knowledge:overview")
    told = {"form": form, "draft": draft, "rows": rows[:_SHOWN], "columns": list(form.columns)}
    return render(request, "knowledge/columns.html", told)


@pilot_required
@require_POST
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    Draft.objects.filter(pk=pk, by=person(request)).delete()
    messages.info(request, "Import abandonné : rien n'a été gardé.")
    return redirect("knowledge:overview")


def _told(kept: TermList) -> str:
    said = f"Liste importée : {kept.count} noms reconnus dès maintenant."
    if kept.weak:
        said += f" {kept.weak} sont aussi des mots courants : ils ne comptent que si le contexte le dit."
    if kept.skipped:
        said += f" {kept.skipped} lignes vides ou trop courtes ont été laissées de côté."
    return said
