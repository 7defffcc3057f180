"""The list of keys, a new key shown once, and revocation."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from egide.workspace import configuration
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.keys import services
from egide.workspace.keys.forms import KeyForm
from egide.workspace.keys.models import AccessKey
from egide.workspace.notice import services as notice
from egide.workspace.usages import services as usages

PAGE = 50


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    found = AccessKey.objects.select_related("person", "usage")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    owners = [key.person_id for key in page]
    waiting = set(notice.uninformed().filter(pk__in=owners).values_list("pk", flat=True))
    return render(request, "keys/list.html", {"page": page, "waiting": waiting})


@never_cache
@pilot_required
def add(request: HttpRequest) -> HttpResponse:
    usages.default()
    form = KeyForm(request.POST or None, initial={"person": person(request).public_id})
    if form.is_valid():
        given = form.cleaned_data
        # Shown in this answer and nowhere else: never in a redirection, a session or a message.
        key = services.create_key(given["person"].email, given["usage"].slug, given["name"])
        base_url = configuration.current().base_url
        told = {"key": key, **given, "base_url": base_url, "informed": notice.reading(given["person"])}
        return render(request, "keys/created.html", told)
    return render(request, "keys/form.html", {"form": form, "title": gettext("Créer une clé")})


@pilot_required
@require_POST
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    services.revoke(get_object_or_404(AccessKey, public_id=public_id))
    messages.success(request, gettext("Clé révoquée : elle ne marche plus."))
    return redirect("keys:list")
