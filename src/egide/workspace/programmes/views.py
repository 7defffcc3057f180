"""The directory and the page of a programme. Everybody may read them: they hold public facts, and training is
for all. What the company follows, notes and plans is for pilots.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person
from egide.workspace.programmes import directory, profile
from egide.workspace.programmes.entries import Entry
from egide.workspace.programmes.filters import FilterForm
from egide.workspace.programmes.fitting import fit, ranked
from egide.workspace.programmes.forms import FollowForm, ReviewForm
from egide.workspace.programmes.sealing import unseal

PAGE = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    entries = directory.entries()
    form = FilterForm(request.GET)
    company = profile.current()
    found = ranked(form.kept(entries), company)
    query = request.GET.copy()
    query.pop("page", None)
    told = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "total": len(entries),
        "profile": company,
        "profession": profile.profession_name(company.profession),
        "file": directory.in_force(),
        "query": query.urlencode(),
    }
    return render(request, "programmes/list.html", told)


@require_safe
def page(request: HttpRequest, programme: str) -> HttpResponse:
    return render_page(request, found_or_404(programme))


def render_page(
    request: HttpRequest,
    entry: Entry,
    *,
    follow_form: FollowForm | None = None,
    review_form: ReviewForm | None = None,
) -> HttpResponse:
    """The page of a programme, with the forms of a pilot as they were filled in."""
    told: dict[str, Any] = {
        "fit": fit(entry, profile.current()),
        "entry": entry,
        "programme": entry.programme,
    }
    if person(request).is_pilot:
        told["follow_form"] = follow_form or FollowForm(initial=_followed(entry))
        told["review_form"] = review_form or ReviewForm(
            initial={"status": entry.status, "closes_on": entry.closing}
        )
    response = render(request, "programmes/page.html", told)
    response["Cache-Control"] = "no-store"
    return response


def found_or_404(programme: str) -> Entry:
    """The programme of an address."""
    try:
        return directory.find(programme)
    except WorkspaceError as unknown:
        raise Http404 from unknown


def _followed(entry: Entry) -> dict[str, Any]:
    follow = entry.follow
    if follow is None:
        return {}
    return {
        "state": follow.state,
        "amount": follow.amount,
        "next_on": follow.next_on,
        "note": unseal(follow),
    }
