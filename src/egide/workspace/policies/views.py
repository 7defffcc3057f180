"""The policy in force in plain French, exemptions and terms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from egide.policy import carrying
from egide.policy.checking import sentences
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.policies import drafts, services, versions
from egide.workspace.policies.damage import told_when_altered
from egide.workspace.policies.forms import ValueForm
from egide.workspace.policies.models import Exemption, Term
from egide.workspace.policies.shown import groups


@pilot_required
@told_when_altered
def policy(request: HttpRequest) -> HttpResponse:
    document = services.policy().document
    told = {
        "policy": document,
        "version": versions.latest(),
        "draft": drafts.current(),
        "groups": groups(document, versions.usage_names()),
        "carriers": carrying.sentences(document, gettext),
        "checks": sentences(document.checks, gettext),
        "terms": services.terms(),
        "exemptions": Exemption.objects.select_related("by"),
        "term_form": ValueForm(prefix="term"),
        "exemption_form": ValueForm(prefix="exemption"),
        "forbid_form": ValueForm(prefix="forbid"),
    }
    return render(request, "policies/policy.html", told)


@sensitive_post_parameters()
@pilot_required
@require_POST
def add_term(request: HttpRequest) -> HttpResponse:
    value = _value(request, "term")
    if value:
        services.hide(value, person(request))
        messages.success(request, gettext("Terme ajouté : il sera masqué."))
    return redirect("policies:policy")


@pilot_required
@require_POST
def remove_term(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Term, pk=pk).delete()
    messages.success(request, gettext("Terme retiré."))
    return redirect("policies:policy")


@sensitive_post_parameters()
@pilot_required
@require_POST
def add_exemption(request: HttpRequest) -> HttpResponse:
    value = _value(request, "exemption")
    if value:
        services.allow(value, person(request))
        messages.success(request, gettext("Exception ajoutée : cette valeur ne sera plus masquée."))
    return redirect("policies:policy")


@sensitive_post_parameters()
@pilot_required
@require_POST
def remove_exemption(request: HttpRequest) -> HttpResponse:
    value = _value(request, "forbid")
    if value:
        found = services.forbid(value)
        messages.info(
            request,
            gettext("Exception retirée.")
            if found
            else gettext("Aucune exception ne porte sur cette valeur."),
        )
    return redirect("policies:policy")


@pilot_required
@require_POST
def drop_exemption(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Exemption, pk=pk).delete()
    messages.success(request, gettext("Exception retirée."))
    return redirect("policies:policy")


def _value(request: HttpRequest, prefix: str) -> str:
    """The value given, or an empty text once the person has been told what is wrong with it."""
    form = ValueForm(request.POST, prefix=prefix)
    if form.is_valid():
        return str(form.cleaned_data["value"])
    wrong = " ".join(str(error) for error in form.errors["value"])
    messages.error(request, gettext("Rien n'a été modifié : %(problem)s") % {"problem": wrong})
    return ""
