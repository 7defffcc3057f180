"""The list of providers, the form of one, its test, its prices, its place and its switch."""

from __future__ import annotations

from typing import Literal

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from egide import policy
from egide.errors import EgideError, WorkspaceError
from egide.reference.providers import presets
from egide.workspace.accounts.access import pilot_required
from egide.workspace.providers import certificates, replacements, services, shown
from egide.workspace.providers.forms import NETWORK, ProviderForm
from egide.workspace.providers.models import Provider, Replacement
from egide.workspace.providers.price_form import PriceForm
from egide.workspace.providers.probe import examine
from egide.workspace.providers.replacement_form import ReplacementForm
from egide.workspace.wiring import wired


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    rows = shown.rows(list(Provider.objects.all()), wired().exchanges.health())
    return render(request, "providers/list.html", {"rows": rows})


@sensitive_post_parameters("api_key", "proxy_login")
@pilot_required
def add(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("service", "")
    if request.method != "POST" and not wanted:
        return render(request, "providers/choose.html", {"groups": shown.groups()})
    preset = presets().get(wanted)
    form = ProviderForm(request.POST or None, preset=preset)
    if form.is_valid():
        given = form.cleaned_data
        try:
            provider = services.add_provider(
                given["name"],
                given["kind"],
                given["base_url"],
                given["trust"],
                given["api_key"],
                given["names"],
                network=policy.Network(**{name: given[name] for name in NETWORK}),
                preset=preset.id if preset else "",
            )
        except WorkspaceError as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, gettext("Fournisseur ajouté. Essayez-le avec « Tester »."))
            return _at(provider.slug)
    told = {
        "form": form,
        "title": gettext("Ajouter un fournisseur"),
        "known": shown.known(wanted, timezone.localdate()),
    }
    return render(request, "providers/form.html", told)


@sensitive_post_parameters("api_key", "proxy_login")
@pilot_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    key, login, proxy = services.key_of(provider), services.proxy_login_of(provider), provider.proxy
    authority = certificates.read(provider.authority)
    form = ProviderForm(request.POST or None, instance=provider)
    if form.is_valid():
        given = form.cleaned_data
        if key and not given["api_key"] and form.sent_elsewhere():
            form.add_error(
                "api_key", gettext("L'adresse, le type ou le chemin a changé : écrivez de nouveau la clé.")
            )
        elif login and not given["proxy_login"] and given["proxy"] not in ("", proxy):
            form.add_error("proxy_login", gettext("Le proxy a changé : écrivez de nouveau son identifiant."))
        else:
            changed = form.save(commit=False)
            changed.model_names = given["names"]
            services.set_key(changed, given["api_key"] or key)
            services.set_proxy_login(changed, given["proxy_login"] or login)
            changed.save()
            messages.success(request, gettext("Fournisseur modifié."))
            return _at(slug)
    told = {
        "form": form,
        "title": gettext("Modifier le fournisseur"),
        "provider": provider,
        "known": shown.known(provider.preset, timezone.localdate()),
        "authority": authority,
    }
    return render(request, "providers/form.html", told)


@pilot_required
@require_POST
def test(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    told: dict[str, object] = {"provider": provider}
    try:
        # Runs on the server's event loop, not in this thread: a slow provider blocks nobody.
        told["found"] = async_to_sync(examine)(services.as_seen(provider))
    except EgideError as refused:
        told["problem"] = refused
    return render(request, "providers/test.html", told)


@pilot_required
@require_POST
def choose_models(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    provider.model_names = list(dict.fromkeys(request.POST.getlist("model")))
    provider.save()
    messages.success(request, gettext("Modèles proposés enregistrés."))
    return _at(slug)


@pilot_required
def prices(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    form = PriceForm(provider, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_prices(provider, form.prices)
        messages.success(request, gettext("Prix enregistrés."))
        return _at(slug)
    return render(request, "providers/prices.html", {"form": form, "provider": provider})


@pilot_required
@require_POST
def up(request: HttpRequest, slug: str) -> HttpResponse:
    return _move(slug, -1)


@pilot_required
@require_POST
def down(request: HttpRequest, slug: str) -> HttpResponse:
    return _move(slug, 1)


def _move(slug: str, step: Literal[-1, 1]) -> HttpResponse:
    services.move(get_object_or_404(Provider, slug=slug), step)
    return _at(slug)


@pilot_required
@require_POST
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    provider.active = not provider.active
    provider.save()
    messages.success(
        request, gettext("Fournisseur activé.") if provider.active else gettext("Fournisseur désactivé.")
    )
    return _at(slug)


@pilot_required
@require_POST
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    get_object_or_404(Provider, slug=slug).delete()
    messages.success(request, gettext("Fournisseur supprimé, avec sa clé."))
    return redirect("providers:list")


@pilot_required
def replacement_list(request: HttpRequest) -> HttpResponse:
    form = ReplacementForm(list(Provider.objects.filter(active=True)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replacements.add(*form.chosen(), less_trusted=form.cleaned_data["less_trusted"])
        except WorkspaceError as refused:
            form.add_error("less_trusted" if refused.code == "EG-6124" else "other", refused.message)
        else:
            messages.success(request, gettext("Remplacement enregistré."))
            return redirect("providers:replacements")
    told = [(one, replacements.obstacle(one)) for one in replacements.all_of_them()]
    return render(request, "providers/replacements.html", {"form": form, "replacements": told})


@pilot_required
@require_POST
def remove_replacement(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Replacement, pk=pk).delete()
    messages.success(request, gettext("Remplacement retiré."))
    return redirect("providers:replacements")


def _at(slug: str) -> HttpResponse:
    """Back to the list, at this provider."""
    return redirect(f"{reverse('providers:list')}#p-{slug}")
