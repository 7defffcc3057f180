"""For pilots: from the draft to a charter that can be published, on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.charter import drafts, quick, signing
from egide.workspace.charter.content import prepared, problems, resolved
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.quick_form import QuickForm


@never_cache
@pilot_required
def page(request: HttpRequest) -> HttpResponse:
    kept, me, today = drafts.draft(), person(request), timezone.localdate()
    form = QuickForm(kept, me, today, request.POST or None)
    if form.is_valid():
        values = quick.whole_values(kept, me, today, form.values)
        answers = quick.whole_answers(kept, form.answers)
        try:
            drafts.change(values, kept.left_out, answers, form.cleaned_data["revision"], me)
        except WorkspaceError as refused:
            form.take_over(drafts.draft().revision)
            form.add_error(None, refused.message)
        else:
            return _saved(request)
    told = {
        "form": form,
        "filled": quick.filled(kept, me, today),
        "titles": quick.titles(kept),
        "no_tool": not resolved(kept, proposals()).get("outils_autorises"),
        "left_out": len(kept.left_out),
        "latest": signing.newest(),
        "number": drafts.next_number(),
        **prepared(today),
    }
    return render(request, "charter/quick.html", told)


def _saved(request: HttpRequest) -> HttpResponse:
    """The preview; the draft when something is still missing (an article left out without its reason)."""
    if problems(drafts.draft(), proposals()):
        messages.warning(request, gettext("C'est gardé. Il manque encore ceci avant de pouvoir publier."))
        return redirect("charter:draft")
    return redirect("charter:preview")
