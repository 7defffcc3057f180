"""The list of usages, and the form of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import pilot_required
from egide.workspace.usages import services
from egide.workspace.usages.forms import UsageForm
from egide.workspace.usages.models import Usage


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "usages/list.html", {"usages": Usage.objects.all()})


@pilot_required
def add(request: HttpRequest) -> HttpResponse:
    form = UsageForm(request.POST or None)
    del form.fields["active"]
    if form.is_valid():
        try:
            services.add(form.cleaned_data["name"], form.cleaned_data["description"])
        except WorkspaceError as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, "Usage déclaré : il est proposé dans l'Assistant.")
            return redirect("usages:list")
    return render(request, "usages/form.html", {"form": form, "title": "Déclarer un usage"})


@pilot_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    usage = get_object_or_404(Usage, slug=slug)
    form = UsageForm(request.POST or None, instance=usage)
    if form.is_valid():
        form.save()
        messages.success(request, "Usage modifié.")
        return redirect("usages:list")
    return render(request, "usages/form.html", {"form": form, "title": "Modifier l'usage"})
