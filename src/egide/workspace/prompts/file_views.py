"""Files of prompts: given out, and read back in two steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from egide.errors import WorkspaceError
from egide.reference.given import MOST_CHARACTERS
from egide.workspace.accounts.access import person
from egide.workspace.prompts import files
from egide.workspace.ui.files import attachment


class FileForm(forms.Form):
    """A file to read."""

    file = forms.FileField(label=_("Fichier YAML"))


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    return _file(files.write(files.exported(person(request))), "demandes-types-egide.yaml")


@never_cache
@require_safe
def export_one(request: HttpRequest, ref: str) -> HttpResponse:
    found = [entry for entry in files.exported(person(request)) if entry.ref == ref]
    if not found:
        raise Http404
    return _file(files.write(found), f"demande-type-{ref}.yaml")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Reads the file, shows what would change; saves only what was shown."""
    reader = person(request)
    form = FileForm(request.POST or None, request.FILES or None)
    told: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return render(request, "prompts/import.html", told)
    try:
        file = files.read(_text(request))
        planned = files.plan(reader, file)
        token = files.seen(planned)
        if request.POST.get("confirm") and request.POST.get("seen") == token:
            number = files.apply(reader, planned, timezone.now())
            messages.success(request, gettext("Brouillons enregistrés : %(number)s.") % {"number": number})
            return redirect("prompts:list")
    except WorkspaceError as refused:
        return render(request, "prompts/import.html", {"form": FileForm(), "problem": refused.message})
    told |= {"planned": planned, "seen": token, "text": files.rewrite(file)}
    told["number"] = sum(one.action != "same" for one in planned)
    return render(request, "prompts/import.html", told)


def _text(request: HttpRequest) -> str:
    """The text of the file, or of what was shown of it. Raises WorkspaceError EG-6476."""
    if request.POST.get("confirm"):
        return request.POST.get("text", "")
    given = request.FILES.get("file")
    if given is None:
        raise WorkspaceError("EG-6476", where=gettext("aucun fichier"))
    if (given.size or 0) > 4 * MOST_CHARACTERS:
        raise WorkspaceError("EG-6476", where=gettext("fichier trop long"))
    try:
        return str(given.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise WorkspaceError("EG-6476", where=gettext("le texte n'est pas encodé en UTF-8")) from None


def _file(text: str, name: str) -> HttpResponse:
    return attachment(text, "application/yaml; charset=utf-8", name)
