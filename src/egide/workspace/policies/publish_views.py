"""Publishing the draft, the earlier versions, their comparison, and the files of them all."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError, WorkspaceError
from egide.policy import Policy, carrying
from egide.policy.comparing import Comparison
from egide.policy.document import PolicyDocument
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.policies import drafts, versions
from egide.workspace.policies.damage import told_when_altered
from egide.workspace.policies.draft_views import number, standing
from egide.workspace.policies.forms import PublishForm
from egide.workspace.policies.models import PolicyVersion
from egide.workspace.policies.shown import groups
from egide.workspace.ui.files import attachment

PAGE = 50
# What was in force before the first version.
ORIGIN = 0


@never_cache
@pilot_required
@told_when_altered
def publish(request: HttpRequest) -> HttpResponse:
    draft = drafts.current()
    if draft is None:
        messages.error(request, WorkspaceError("EG-6130").message)
        return redirect("policies:draft")
    newest = versions.latest()
    changes = versions.comparison(versions.in_force().document, drafts.document_of(draft))
    form = PublishForm(bool(changes.dangers), request.POST or None)
    if form.is_valid():
        try:
            made = drafts.publish(
                number(request, "seen"),
                number(request, "over"),
                person(request),
                form.cleaned_data["reason"],
                form.cleaned_data.get("openness", ""),
            )
        except EgideError as refused:
            messages.error(request, refused.message)
            return redirect("policies:draft")
        messages.success(
            request,
            gettext("Version %(number)s publiée : elle s'applique dès maintenant à tous les échanges.")
            % {"number": made.number},
        )
        return redirect("policies:versions")
    told = {
        **standing(draft),
        "changes": changes,
        "form": form,
        "over": str(newest.number if newest else ORIGIN),
    }
    return render(request, "policies/publish.html", told)


@never_cache
@pilot_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    page = Paginator(PolicyVersion.objects.select_related("by"), PAGE).get_page(request.GET.get("page"))
    newest = versions.latest()
    last = newest.number if newest else ORIGIN
    old = _number(request.GET.get("de"), max(last - 1, ORIGIN), last)
    new = _number(request.GET.get("a"), last, last)
    told = {
        **standing(drafts.current()),
        "page": page,
        "last": last,
        "numbers": range(last, ORIGIN - 1, -1),
        "old": old,
        "new": new,
        "changes": _changes(old, new),
    }
    return render(request, "policies/versions.html", told)


@never_cache
@pilot_required
@require_safe
def version(request: HttpRequest, wanted: int) -> HttpResponse:
    found = _found(wanted)
    policy = _readable(found)
    told = {
        **standing(drafts.current()),
        "version": found,
        "policy": policy.document,
        "groups": groups(policy.document, versions.usage_names()),
        "carriers": carrying.sentences(policy.document, gettext),
    }
    return render(request, "policies/version.html", told)


@pilot_required
@require_POST
def take_up(request: HttpRequest, wanted: int) -> HttpResponse:
    document = _readable(_found(wanted)).document
    try:
        drafts.replace(document, number(request, "seen"), person(request), returns_to=wanted)
    except EgideError as refused:
        messages.error(request, refused.message)
        return redirect("policies:versions")
    messages.success(
        request,
        gettext("La version %(number)s est reprise en brouillon. Relisez ce qui change, puis publiez.")
        % {"number": wanted},
    )
    return redirect("policies:publish")


@pilot_required
@require_safe
@told_when_altered
def export(request: HttpRequest) -> HttpResponse:
    return _file(versions.in_force(), "en-vigueur")


@pilot_required
@require_safe
@told_when_altered
def export_draft(request: HttpRequest) -> HttpResponse:
    return _file(Policy.of(drafts.document_of(drafts.current())), "brouillon")


@pilot_required
@require_safe
def export_version(request: HttpRequest, wanted: int) -> HttpResponse:
    return _file(_readable(_found(wanted)), f"version-{wanted}")


def _file(policy: Policy, name: str) -> HttpResponse:
    return attachment(policy.to_yaml(), "application/yaml; charset=utf-8", f"politique-egide-{name}.yaml")


def _found(number: int) -> PolicyVersion:
    try:
        return versions.find(number)
    except WorkspaceError:
        raise Http404 from None


def _readable(version: PolicyVersion) -> Policy:
    policy = versions.readable(version)
    if policy is None:
        raise Http404
    return policy


def _number(asked: str | None, default: int, last: int) -> int:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 9 else default
    return min(number, last)


def _changes(old: int, new: int) -> Comparison | None:
    """The comparison, or None when one of the two was altered."""
    before, after = _document(old), _document(new)
    return versions.comparison(before, after) if before and after else None


def _document(number: int) -> PolicyDocument | None:
    policy = Policy.default() if number == ORIGIN else versions.readable(_found(number))
    return policy.document if policy else None
