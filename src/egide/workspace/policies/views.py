"""The policy in force in plain French, its choice, exemptions and terms."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.policies import services
from egide.workspace.policies.forms import ValueForm
from egide.workspace.policies.models import Exemption, Term
from egide.workspace.providers.models import TRUSTS


@pilot_required
def policy(request: HttpRequest) -> HttpResponse:
    current = services.policy()
    told = {
        "policy": current.document,
        "trusts": [(value, label, current.sentences(Trust(value))) for value, label in TRUSTS],
        "offered": [offered.document for offered in services.offered()],
        "terms": services.terms(),
        "exemptions": Exemption.objects.select_related("by"),
        "term_form": ValueForm(prefix="term"),
        "exemption_form": ValueForm(prefix="exemption"),
        "forbid_form": ValueForm(prefix="forbid"),
    }
    return render(request, "policies/policy.html", told)


@pilot_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    try:
        services.choose(request.POST.get("policy", ""))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Politique changée : elle s'applique dès maintenant à tous les échanges.")
    return redirect("policies:policy")


@sensitive_post_parameters()
@pilot_required
@require_POST
def add_term(request: HttpRequest) -> HttpResponse:
    by = person(request)
    return _with_value(
        request, "term", lambda value: _said(services.hide(value, by), "Terme ajouté : il sera masqué.")
    )


@pilot_required
@require_POST
def remove_term(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Term, pk=pk).delete()
    messages.success(request, "Terme retiré.")
    return redirect("policies:policy")


@sensitive_post_parameters()
@pilot_required
@require_POST
def add_exemption(request: HttpRequest) -> HttpResponse:
    by = person(request)
    done = "Exception ajoutée : cette valeur ne sera plus masquée."
    return _with_value(request, "exemption", lambda value: _said(services.allow(value, by), done))


@sensitive_post_parameters()
@pilot_required
@require_POST
def remove_exemption(request: HttpRequest) -> HttpResponse:
    def forbid(value: str) -> str:
        found = services.forbid(value)
        return "Exception retirée." if found else "Aucune exception ne porte sur cette valeur."

    return _with_value(request, "forbid", forbid)


@pilot_required
@require_POST
def drop_exemption(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Exemption, pk=pk).delete()
    messages.success(request, "Exception retirée.")
    return redirect("policies:policy")


def _said(_: None, text: str) -> str:
    return text


def _with_value(request: HttpRequest, prefix: str, act: Callable[[str], str]) -> HttpResponse:
    form = ValueForm(request.POST, prefix=prefix)
    if form.is_valid():
        messages.success(request, act(form.cleaned_data["value"]))
    else:
        messages.error(request, "Rien n'a été modifié : " + " ".join(form.errors["value"]))
    return redirect("policies:policy")
