"""The trial of a text on the draft. The text comes in a form, and goes no further."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from egide.errors import EgideError
from egide.policy import Policy, Role, Trust
from egide.workspace.accounts.access import pilot_required
from egide.workspace.policies import drafts, versions
from egide.workspace.policies.damage import told_when_altered
from egide.workspace.policies.draft_views import standing
from egide.workspace.policies.forms import TrialForm
from egide.workspace.policies.trial import Trial, attempt
from egide.workspace.providers.services import in_force as providers


@sensitive_post_parameters()
@never_cache
@pilot_required
@told_when_altered
def page(request: HttpRequest) -> HttpResponse:
    draft = drafts.current()
    offered = {f"service:{one.id}": one for one in providers()}
    names = [(key, one.name) for key, one in offered.items()]
    trusts = {key: one.trust for key, one in offered.items()} | {trust.value: trust for trust in Trust}
    form = TrialForm(versions.usage_names(), names, request.POST or None)
    told = {**standing(draft), "form": form}
    if form.is_valid():
        try:
            told["trial"] = _attempt(form, trusts[form.cleaned_data["service"]])
        except EgideError as refused:
            form.add_error("texte", refused.message)
    return render(request, "policies/trial.html", told)


def _attempt(form: TrialForm, trust: Trust) -> Trial:
    asked = form.cleaned_data
    after = Policy.of(drafts.document_of(drafts.current()))
    return attempt(asked["texte"], asked["usage"], trust, Role(asked["role"]), versions.in_force(), after)
