"""Send one-time links by mail, to one person or to all those of an import."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.accounts.models import User
from egide.workspace.mail.background import wake_all
from egide.workspace.mail.invitations import invite
from egide.workspace.people.rights import may_manage
from egide.workspace.sso import services as sso


@pilot_required
@require_POST
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    other = get_object_or_404(User, public_id=public_id)
    return _send(request, [other])


@pilot_required
@require_POST
def send_all(request: HttpRequest) -> HttpResponse:
    # One field: Django counts fields, and an import has up to 2,000 people.
    wanted = request.POST.get("people", "").split()
    return _send(request, list(User.objects.filter(public_id__in=wanted, is_active=True)))


def _send(request: HttpRequest, people: list[User]) -> HttpResponse:
    me = person(request)
    if any(not may_manage(me, one) for one in people):
        raise PermissionDenied
    try:
        queued = invite(people, timezone.now())
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        wake_all()
        several = "s" * (queued > 1)
        left = len(people) - queued
        more = f" Laissés de côté, car un courriel vient de leur être envoyé : {left}." if left else ""
        told = f"{queued} courriel{several} en route, avec un nouveau lien ; les précédents ne marchent plus."
        if sso.passwords_closed() and not any(one.is_admin for one in people):
            told = ngettext(
                "%(n)s courriel en route ; il conduit à la page de connexion, sans lien d'accès.",
                "%(n)s courriels en route ; ils conduisent à la page de connexion, sans lien d'accès.",
                queued,
            ) % {"n": queued}
        messages.success(request, told + more)
    return redirect("people:list")
