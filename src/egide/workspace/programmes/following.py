"""For pilots: what the company follows, what was read again, the dates that come."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.workspace import configuration
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.programmes import deadlines as dates
from egide.workspace.programmes import directory, profile, services
from egide.workspace.programmes.fitting import fit
from egide.workspace.programmes.forms import FollowForm, ReviewForm
from egide.workspace.programmes.models import Follow
from egide.workspace.programmes.sealing import unseal
from egide.workspace.programmes.views import found_or_404, render_page
from egide.workspace.ui.files import attachment

PAGE = 50


@pilot_required
@require_POST
def follow(request: HttpRequest, programme: str) -> HttpResponse:
    entry = found_or_404(programme)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return render_page(request, entry, follow_form=form)
    services.follow(entry, form.standing(), person(request))
    told = {"name": entry.programme.name, "state": _state(form)}
    messages.success(request, gettext("« %(name)s » est suivi : %(state)s.") % told)
    return redirect("programmes:page", entry.id)


@pilot_required
@require_POST
def unfollow(request: HttpRequest, programme: str) -> HttpResponse:
    if services.unfollow(programme):
        messages.success(request, gettext("Ce programme n'est plus suivi ; sa note est effacée."))
    return redirect("programmes:followed")


@pilot_required
@require_POST
def review(request: HttpRequest, programme: str) -> HttpResponse:
    entry = found_or_404(programme)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return render_page(request, entry, review_form=form)
    services.review(entry, form.cleaned_data["status"], form.cleaned_data["closes_on"], person(request))
    said = gettext("Relecture notée, à votre nom et à la date d'aujourd'hui.")
    messages.success(request, said)
    return redirect("programmes:page", entry.id)


@never_cache
@pilot_required
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    page = Paginator(services.followed(), PAGE).get_page(request.GET.get("page"))
    rows = [
        {"follow": one, "entry": entry, "note": unseal(one), "is_late": _is_late(one)} for one, entry in page
    ]
    return render(request, "programmes/followed.html", {"rows": rows, "page": page})


@never_cache
@pilot_required
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    today, entries, company = timezone.localdate(), directory.entries(), profile.current()
    mine = dates.of_followed(Follow.objects.all(), entries)
    fits = (fit(entry, company) for entry in entries if entry.closing and entry.follow is None)
    told = {
        "coming": [(one, one.days_from(today)) for one in mine if one.day >= today],
        "gone": [one for one in reversed(mine) if one.day < today],
        "others": [(one, one.days_from(today)) for one in dates.of_others(fits, today)],
    }
    return render(request, "programmes/deadlines.html", told)


@pilot_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    mine = dates.of_followed(Follow.objects.all(), directory.entries())
    host = urlsplit(configuration.current().base_url).hostname or "egide"
    body = dates.calendar(mine, timezone.now(), host)
    return attachment(body, "text/calendar; charset=utf-8", "echeances-aides-et-formations.ics")


def _state(form: FollowForm) -> str:
    return str(form.standing().state.label).lower()


def _is_late(follow: Follow) -> bool:
    return follow.next_on is not None and follow.next_on < timezone.localdate()
