"""For pilots: what changes between two versions, the procedure, and the reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError, WorkspaceError
from egide.reference.charter import charter
from egide.workspace.accounts.access import pilot_required
from egide.workspace.charter import binding, drafts, reminding, signing
from egide.workspace.charter import procedure as formalities
from egide.workspace.charter.comparing import compare as compared
from egide.workspace.charter.content import prepared, resolved
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.words import day
from egide.workspace.company import services as company
from egide.workspace.mail.relay import reminds

SHOWN = 200


@never_cache
@pilot_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    newest = signing.newest()
    if newest is None:
        return render(request, "charter/compare.html", {"nothing": True})
    before = _content(request.GET.get("de") or str(newest.number))
    try:
        after = _content(request.GET["a"]) if request.GET.get("a") else drafts.preview()
    except EgideError as altered:
        messages.error(request, altered.message)
        return redirect("charter:versions")
    told = {
        "before": before["version"],
        "after": after["version"] if request.GET.get("a") else None,
        "changes": compared(before, after),
    }
    return render(request, "charter/compare.html", told)


@never_cache
@pilot_required
def procedure(request: HttpRequest) -> HttpResponse:
    draft, newest = drafts.draft(), signing.newest()
    number, entry = drafts.next_number(), day(resolved(draft, proposals()).get("date_entree_vigueur", ""))
    if newest is not None and request.GET.get("version") == str(newest.number):
        number, entry = newest.number, newest.enters_on
    else:
        newest = None
    form = formalities.FormalitiesForm(formalities.dates(number), request.POST or None)
    if request.method == "POST" and form.is_valid():
        formalities.note(number, form.dates)
        messages.success(request, gettext("Dates enregistrées."))
        return redirect(request.get_full_path())
    kept, staff = formalities.dates(number), company.current().staff
    case = charter().legal.case_of(staff) if staff is not None else None
    told = {
        "form": form,
        "number": number,
        "published": newest is not None,
        "latest": signing.newest(),
        "staff": staff,
        "case": case,
        "cases": charter().legal.decision_table,
        "steps": formalities.steps(case),
        "disciplinary": formalities.disciplinary(draft),
        "internal_rules": draft.answers.get("sanctions") == "A",
        "earliest": formalities.earliest(kept),
        "disorders": formalities.disorders(kept, entry),
        "legal": charter().legal,
        **prepared(timezone.localdate()),
    }
    return render(request, "charter/procedure.html", told)


@never_cache
@pilot_required
@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    asked, today = binding.asked(), timezone.localdate()
    version = binding.chosen(asked, request.GET.get("version", ""))
    told: dict[str, Any] = {
        "version": version,
        "asked": asked,
        "every": reminding.EVERY,
        "mail": reminds(),
    }
    if version is not None:
        now = reminding.to_remind(version, today)
        told |= {
            "now": now[:SHOWN],
            "more": len(now[SHOWN:]),
            "later": [pair for pair in reminding.waiting(version) if pair[0] not in now][:SHOWN],
        }
    return render(request, "charter/reminders.html", told)


@pilot_required
@require_POST
def note_reminders(request: HttpRequest) -> HttpResponse:
    version = binding.chosen(binding.asked(), request.POST.get("version", ""))
    if version is not None:
        done = reminding.note(version, timezone.localdate(), request.POST.getlist("person"))
        said = ngettext("Noté : %(n)s personne relancée.", "Noté : %(n)s personnes relancées.", done)
        messages.success(request, (said if done else gettext("Noté : 0 personne relancée.")) % {"n": done})
    return redirect("charter:reminders")


def _content(number: str) -> dict[str, Any]:
    try:
        return signing.find(int(number) if number.isdecimal() and len(number) < 10 else 0).content
    except WorkspaceError as unknown:
        raise Http404(unknown.message) from None
