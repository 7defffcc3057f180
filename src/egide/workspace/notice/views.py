"""The notice, its acknowledgement, and the page where pilots see who has read it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.accounts.models import User
from egide.workspace.notice import services
from egide.workspace.notice.forms import DetailsForm
from egide.workspace.notice.models import Reading

PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    me = person(request)
    if request.method == "POST":
        try:
            services.acknowledge(me, request.POST.get("version", ""))
        except WorkspaceError as changed:
            messages.warning(request, changed.message)
        else:
            return redirect(_next(request))
    told = {
        "notice": services.shown(),
        "reading": services.reading(me),
        "before": Reading.objects.filter(person=me).aggregate(last=Max("read_at"))["last"],
        "next": request.GET.get("suite", ""),
    }
    return render(request, "notice/read.html", told)


@pilot_required
@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    version, added = services.version(), services.details()
    asked = request.GET.get("q", "").strip()
    waiting = services.uninformed()
    active = User.objects.filter(is_active=True)
    shown = active if request.GET.get("tous") else waiting
    matching = shown.filter(Q(email__icontains=asked) | Q(name__icontains=asked))
    now = Prefetch(
        "readings",
        Reading.objects.filter(version=version).select_related("attested_by"),
        to_attr="current",
    )
    told = {
        "page": Paginator(matching.prefetch_related(now), PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "everybody": bool(request.GET.get("tous")),
        "total": active.count(),
        "waiting": waiting.count(),
        "never": active.filter(readings=None).count(),
        "stopped": waiting.filter(keys__revoked_at=None, keys__isnull=False).distinct().count(),
        "version": version,
        "form": DetailsForm(initial={"contact": added.contact, "basis": added.basis}),
    }
    return render(request, "notice/follow.html", told)


@pilot_required
@require_POST
def add_details(request: HttpRequest) -> HttpResponse:
    form = DetailsForm(request.POST)
    if form.is_valid():
        services.add_details(form.cleaned_data["contact"], form.cleaned_data["basis"])
        messages.success(request, gettext("Précisions enregistrées : elles figurent dans l'information."))
    else:
        messages.error(request, gettext("Précisions refusées : 200 caractères au plus chacune."))
    return redirect("notice:follow")


@pilot_required
@require_POST
def attest(request: HttpRequest, public_id: str) -> HttpResponse:
    other = get_object_or_404(User, public_id=public_id, is_active=True)
    services.attest(other, person(request))
    said = gettext("Noté : %(who)s a été informé autrement, selon vous.")
    messages.success(request, said % {"who": other.shown})
    return redirect("notice:follow")


def _next(request: HttpRequest) -> str:
    """Where the person was going: an address of ours, or the first page."""
    wanted = request.POST.get("suite", "")
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else "home"
