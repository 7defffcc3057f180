"""The list of providers, the form of one, its test, and its switch."""

from __future__ import annotations

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from egide.errors import EgideError, WorkspaceError
from egide.workspace.accounts.access import pilot_required
from egide.workspace.providers import services
from egide.workspace.providers.forms import ProviderForm
from egide.workspace.providers.models import Provider
from egide.workspace.providers.probe import list_models


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "providers/list.html", {"providers": Provider.objects.all()})


@sensitive_post_parameters("api_key")
@pilot_required
def add(request: HttpRequest) -> HttpResponse:
    form = ProviderForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.add_provider(
                given["name"],
                given["kind"],
                given["base_url"],
                given["trust"],
                given["api_key"],
                given["names"],
            )
        except WorkspaceError as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, "Fournisseur ajouté. Essayez-le avec « Tester ».")
            return redirect("providers:list")
    return render(request, "providers/form.html", {"form": form, "title": "Ajouter un fournisseur"})


@sensitive_post_parameters("api_key")
@pilot_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    kept = services.key_of(provider)
    form = ProviderForm(request.POST or None, instance=provider)
    if form.is_valid():
        given = form.cleaned_data
        if _sent_elsewhere(form) and kept and not given["api_key"]:
            form.add_error("api_key", "L'adresse ou le type a changé : écrivez de nouveau la clé.")
        else:
            changed = form.save(commit=False)
            changed.model_names = given["names"]
            services.set_key(changed, given["api_key"] or kept)
            changed.save()
            messages.success(request, "Fournisseur modifié.")
            return redirect("providers:list")
    told = {"form": form, "title": "Modifier le fournisseur", "provider": provider}
    return render(request, "providers/form.html", told)


@pilot_required
@require_POST
def test(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    told: dict[str, object] = {"provider": provider}
    try:
        key = services.key_of(provider)
        # Runs on the server's event loop, not in this thread: a slow provider blocks nobody.
        told["found"] = async_to_sync(list_models)(provider.name, provider.kind, provider.base_url, key)
    except EgideError as refused:
        told["problem"] = refused
    return render(request, "providers/test.html", told)


@pilot_required
@require_POST
def choose_models(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    provider.model_names = list(dict.fromkeys(request.POST.getlist("model")))
    provider.save()
    messages.success(request, "Modèles proposés enregistrés.")
    return redirect("providers:list")


@pilot_required
@require_POST
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    provider.active = not provider.active
    provider.save()
    messages.success(request, "Fournisseur activé." if provider.active else "Fournisseur désactivé.")
    return redirect("providers:list")


@pilot_required
@require_POST
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    get_object_or_404(Provider, slug=slug).delete()
    messages.success(request, "Fournisseur supprimé, avec sa clé.")
    return redirect("providers:list")


def _sent_elsewhere(form: ProviderForm) -> bool:
    """A stored key is never sent to a new address unless the person writes it again."""
    return any(form.initial[name] != form.cleaned_data[name] for name in ("base_url", "kind"))
