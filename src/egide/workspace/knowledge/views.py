"""What the company has declared, the form of a confidential document, and taking one away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.example.company import example
from egide.workspace.knowledge import following, services, uploads
from egide.workspace.knowledge.forms import DocumentForm
from egide.workspace.knowledge.models import Document, TermList


@pilot_required
def overview(request: HttpRequest) -> HttpResponse:
    told = {
        **following.look(request),
        "lists": services.lists(),
        "trial": _trial(),
        "documents": Document.objects.defer("packed").select_related("by"),
    }
    return render(request, "knowledge/overview.html", told)


def _trial() -> str:
    """A text to try the example company's list and document with, when both are there."""
    told = example()
    list_there = TermList.objects.filter(name=told.clients.name).exists()
    return told.trial if list_there and Document.objects.filter(name=told.document.name).exists() else ""


@pilot_required
def declare(request: HttpRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)
    too_big = uploads.refusal(request)
    if too_big:
        form = DocumentForm()
        messages.error(request, too_big)
    elif form.is_valid():
        name, file = form.cleaned_data["name"].strip(), form.cleaned_data["file"]
        try:
            services.declare(name, file.name, file.read(), person(request))
        except WorkspaceError as refused:
            form.add_error("name" if refused.code == "EG-6206" else "file", refused.message)
        else:
            messages.success(
                request, gettext("Document déclaré : ses extraits sont reconnus dès maintenant.")
            )
            return redirect("knowledge:overview")
    return render(request, "knowledge/declare.html", {"form": form})


@pilot_required
@require_POST
def remove_list(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(TermList.objects.defer("packed"), pk=pk).delete()
    messages.success(request, gettext("Liste supprimée : ses noms ne sont plus reconnus."))
    return redirect("knowledge:overview")


@pilot_required
@require_POST
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Document.objects.defer("packed"), pk=pk).delete()
    messages.success(request, gettext("Document supprimé : ses extraits ne sont plus reconnus."))
    return redirect("knowledge:overview")
