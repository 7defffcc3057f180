"""The assessment of the risks for fundamental rights (article 27), and its document."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from egide.errors import WorkspaceError
from egide.reference.ai_act import ai_act
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.ai_act import services
from egide.workspace.ai_act.forms import FriaForm
from egide.workspace.ai_act.models import Fria
from egide.workspace.ai_act.report import fria_report
from egide.workspace.ui.files import attachment
from egide.workspace.usages.models import Usage


@never_cache
@pilot_required
@require_http_methods(["GET", "HEAD", "POST"])
def fria(request: HttpRequest, slug: str) -> HttpResponse:
    usage = get_object_or_404(Usage, slug=slug)
    held = Fria.objects.filter(usage=usage).select_related("changed_by").first()
    form = FriaForm(request.POST or None, fria=held, usage=usage)
    if form.is_valid():
        services.keep_fria(usage, form.parts, form.cleaned_data["notified_on"], person(request))
        messages.success(request, gettext("Analyse enregistrée."))
        return redirect("ai_act:fria", slug)
    told = {
        "usage": usage,
        "form": form,
        "fria": held,
        "due": services.needs_fria(usage),
        "duty": ai_act().duty["D-27"],
        "sources": ai_act().sources_of(ai_act().duty["D-27"]),
    }
    return render(request, "ai_act/fria.html", told)


@pilot_required
@require_safe
def printed(request: HttpRequest, slug: str) -> HttpResponse:
    held = Fria.objects.filter(usage__slug=slug).select_related("usage", "changed_by").first()
    if held is None:
        raise Http404
    try:
        made = fria_report(held)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("ai_act:fria", slug)
    return attachment(made, "application/pdf", f"droits-fondamentaux-{slug}.pdf")
