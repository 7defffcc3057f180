"""Import people from a table: look first, create then, and hand out their links once."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts import services
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.accounts.models import User
from egide.workspace.mail import relay
from egide.workspace.people.forms import FileForm
from egide.workspace.people.table import Line, read, text_of


@never_cache
@pilot_required
def load(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            text = text_of(form.cleaned_data["file"].read())
            lines = read(text, person(request))
        except WorkspaceError as refused:
            form.add_error("file", refused.message)
        else:
            return _look(request, text, lines)
    return render(request, "people/import.html", {"form": form})


@never_cache
@pilot_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    text, skip = request.POST.get("text", ""), request.POST.get("skip") == "on"
    form = FileForm()
    try:
        lines = read(text, person(request))
        right = [line for line in lines if not line.problems]
        if not right or (len(right) < len(lines) and not skip):
            return _look(request, text, lines, refused=True)
        made = _create(right)
    except WorkspaceError as refused:
        return render(request, "people/import.html", {"form": form, "refused": refused.message})
    told = {"made": made, "left": len(lines) - len(right), "mail": relay.is_set(), "ids": _ids(right)}
    return render(request, "people/links.html", told)


@transaction.atomic
def _create(lines: list[Line]) -> list[tuple[Line, str]]:
    """All of them or nobody: an address taken meanwhile undoes the whole."""
    return [
        (line, services.add_user(line.email, line.role, name=line.name, department=line.department))
        for line in lines
    ]


def _ids(lines: list[Line]) -> str:
    found = User.objects.filter(email__in=[line.email for line in lines])
    return " ".join(found.values_list("public_id", flat=True))


def _look(request: HttpRequest, text: str, lines: list[Line], *, refused: bool = False) -> HttpResponse:
    wrong = sum(bool(line.problems) for line in lines)
    told = {"text": text, "lines": lines, "wrong": wrong, "right": len(lines) - wrong, "refused": refused}
    return render(request, "people/look.html", told)
