"""The limits with their use, the form of one, and the price of a service."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from egide.policy.limit_words import sentence
from egide.workspace.accounts.access import pilot_required
from egide.workspace.limits import services
from egide.workspace.limits.forms import FigureForm, LimitForm, PriceForm
from egide.workspace.limits.models import Limit, Price
from egide.workspace.limits.names import names_of
from egide.workspace.limits.standing import standings
from egide.workspace.providers.models import Provider
from egide.workspace.wiring import wired


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    form = LimitForm(request.POST or None)
    if form.is_valid():
        form.limit.save()
        said = gettext("Limite ajoutée : %(limit)s. Elle s'applique dès maintenant.")
        messages.success(request, said % {"limit": _told(form.limit)})
        return redirect("limits:list")
    told = {
        "form": form,
        "standings": standings(),
        "priced": services.priced(),
        "unpriced": services.unpriced(),
        "problems": wired().exchanges.warnings(),
    }
    return render(request, "limits/list.html", told)


@pilot_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    limit = get_object_or_404(Limit, pk=pk)
    form = FigureForm(limit, request.POST or None)
    if form.is_valid():
        limit.most = form.cleaned_data["figure"]
        limit.save()
        messages.success(request, gettext("Limite modifiée : %(limit)s.") % {"limit": _told(limit)})
        return redirect("limits:list")
    told = {
        "form": form,
        "title": gettext("Modifier la limite"),
        "lead": gettext("Aujourd'hui : %(limit)s.") % {"limit": _told(limit)},
    }
    return render(request, "limits/form.html", told)


@pilot_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Limit, pk=pk).delete()
    messages.success(request, gettext("Limite retirée."))
    return redirect("limits:list")


@pilot_required
def price(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    kept = Price.objects.filter(provider=provider).first()
    form = PriceForm(request.POST or None, instance=kept)
    if form.is_valid():
        services.set_price(provider, form.cleaned_data["input"], form.cleaned_data["output"])
        messages.success(request, gettext("Prix de « %(name)s » enregistré.") % {"name": provider.name})
        return redirect("limits:list")
    told = {"form": form, "title": gettext("Prix de « %(name)s »") % {"name": provider.name}, "lead": ""}
    return render(request, "limits/form.html", told)


def _told(limit: Limit) -> str:
    key = (limit.subject, limit.who)
    return sentence(services.as_limit(limit), names_of([key]).get(key, ""))
