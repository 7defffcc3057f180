"""For pilots: the draft, its publication, the versions, and who has signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError, WorkspaceError
from egide.reference.charter import Clause, charter
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.accounts.models import User
from egide.workspace.charter import binding, drafts, procedure, rules, signing
from egide.workspace.charter.binding import Deadlines
from egide.workspace.charter.content import prepared, problems, seal_of, text_of
from egide.workspace.charter.forms import DraftForm, PublicationForm, RuleForm
from egide.workspace.charter.models import CharterDraft, CharterVersion, Signature
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.words import day
from egide.workspace.company import services as company

PAGE = 50


@never_cache
@pilot_required
def draft(request: HttpRequest) -> HttpResponse:
    kept, proposed, staff = drafts.draft(), proposals(), company.current().staff
    form = DraftForm(kept, proposed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data["revision"]
            drafts.change(form.values, form.left_out, form.answers, given, person(request))
        except WorkspaceError as refused:
            # What was typed stays on the page, and saving again keeps it over what the other wrote.
            form.take_over(drafts.draft().revision)
            form.add_error(None, refused.message)
        else:
            messages.success(request, gettext("Brouillon enregistré."))
            return redirect("charter:preview" if "then" in request.POST else "charter:draft")
    told = {
        "form": form,
        "variables": [bound for bound in form if bound.name.startswith("var_")],
        "clauses": [_clause(one, kept, form) for one in charter().articles],
        "problems": problems(kept, proposed),
        "asked": binding.asked(),
        "today": timezone.localdate(),
        "differences": _differences(),
        "number": drafts.next_number(),
        "case": charter().legal.case_of(staff) if staff is not None else None,
        **prepared(timezone.localdate()),
    }
    return render(request, "charter/draft.html", told)


@never_cache
@pilot_required
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    return _preview(request)


@never_cache
@pilot_required
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return _preview(request, form)
    try:
        given = form.cleaned_data
        version = drafts.publish(given["summary"], given["revision"], person(request), seen=given["seen"])
    except EgideError as refused:
        messages.error(request, refused.message)
        return redirect("charter:preview")
    said = gettext("Version %(number)s publiée : chacun est invité à la signer. Elle ne change plus.")
    if version.enters_on > timezone.localdate():
        said = gettext(
            "Version %(number)s publiée : chacun est invité à la signer. Elle ne change plus. Elle entre en "
            "vigueur le %(day)s ; jusque-là, rien ne change."
        )
    messages.success(request, said % {"number": version.number, "day": f"{version.enters_on:%d/%m/%Y}"})
    return redirect("charter:signatures")


@never_cache
@pilot_required
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    signed = dict(Signature.objects.order_by().values_list("version").annotate(Count("pk")))
    kept = CharterVersion.objects.select_related("by")
    told = {
        "versions": [(one, one.intact, signed.get(one.pk, 0)) for one in kept],
        "in_force": binding.in_force(kept, timezone.localdate()),
        "today": timezone.localdate(),
    }
    return render(request, "charter/versions.html", told)


@never_cache
@pilot_required
@require_safe
def signatures(request: HttpRequest) -> HttpResponse:
    versions_asked, deadlines = binding.asked(), Deadlines.now()
    version = binding.chosen(versions_asked, request.GET.get("version", ""))
    form = RuleForm(instance=deadlines.rule)
    if version is None:
        return render(request, "charter/signatures.html", {"version": None, "form": form})
    asked, everybody = request.GET.get("q", "").strip(), bool(request.GET.get("tous"))
    waiting, active = signing.unsigned(version), User.objects.filter(is_active=True)
    matching = (active if everybody else waiting).filter(Q(email__icontains=asked) | Q(name__icontains=asked))
    now = Prefetch(
        "charter_signatures", Signature.objects.filter(version=version), to_attr="signatures_of_latest"
    )
    matching = binding.with_last_signed(matching)
    page = Paginator(matching.prefetch_related(now), PAGE).get_page(request.GET.get("page"))
    told = {
        "version": version,
        "versions": versions_asked,
        "coming": version.enters_on > timezone.localdate(),
        "page": page,
        "rows": [
            (one, deadlines.of(one, version, one.last_signed))  # type: ignore[attr-defined]
            for one in page
        ],
        "asked": asked,
        "everybody": everybody,
        "total": active.count(),
        "waiting": waiting.count(),
        "last": Signature.objects.filter(version=version).aggregate(last=Max("at"))["last"],
        "rule": deadlines.rule,
        "form": form,
        "differences": _differences(),
        "unproven": procedure.unproven(version),
    }
    return render(request, "charter/signatures.html", told)


@pilot_required
@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST, instance=binding.rule())
    if form.is_valid():
        signing.set_rule(required=form.cleaned_data["required"], grace_days=form.cleaned_data["grace_days"])
        messages.success(request, gettext("Réglage enregistré."))
    else:
        messages.error(request, gettext("Réglage refusé : le délai va de 0 à 365 jours."))
    return redirect("charter:signatures")


def _preview(request: HttpRequest, form: PublicationForm | None = None) -> HttpResponse:
    kept = drafts.draft()
    told: dict[str, Any] = {"problems": problems(kept, proposals())}
    try:
        told["content"] = drafts.preview()
        told |= _entry(told["content"], kept)
        seen = {"revision": kept.revision, "seen": seal_of(told["content"])}
        told["form"] = form or PublicationForm(initial=seen)
    except EgideError as altered:
        messages.error(request, altered.message)
        return redirect("charter:draft")
    return render(request, "charter/preview.html", told)


def _entry(content: dict[str, Any], kept: CharterDraft) -> dict[str, Any]:
    """Why the draft may not enter into force then; without sanctions, only that it says an early day."""
    earliest = procedure.earliest(procedure.dates(content["version"]))
    entry = day(content["enters_on"])
    refused = procedure.refusals(kept, content["version"], entry, timezone.localdate())
    return {
        "earliest": earliest,
        "late": bool(earliest and entry and entry < earliest and not refused),
        "refused": refused,
    }


def _clause(clause: Clause, kept: CharterDraft, form: DraftForm) -> dict[str, Any]:
    def bound(before: str) -> Any:
        name = f"{before}_{clause.id}"
        return form[name] if name in form.fields else None

    return {
        "clause": clause,
        "text": text_of(clause, kept),
        "unread": not all(one.verified for one in clause.sources),
        "keep": bound("keep"),
        "reason": bound("reason"),
        "answer": bound("answer"),
    }


def _differences() -> tuple[rules.Difference, ...]:
    """Where the charter in force and the policy in force disagree. A policy that cannot be read says so."""
    version = binding.current()
    if version is None:
        return ()
    try:
        return rules.differences(version.content["rules"], rules.in_force())
    except EgideError as altered:
        return (rules.Difference(gettext("Politique en vigueur"), (), (altered.message,)),)
