"""The list of people; invite one, give a new link, change a role, let in or shut out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts import services
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.accounts.models import User
from egide.workspace.mail import relay
from egide.workspace.mail.invitations import standings
from egide.workspace.people import erasing
from egide.workspace.people.forms import InviteForm, RoleForm
from egide.workspace.people.rights import may_manage

PAGE = 50


@pilot_required
def listing(request: HttpRequest) -> HttpResponse:
    me, asked = person(request), request.GET.get("q", "").strip()
    asked_for = Q(email__icontains=asked) | Q(name__icontains=asked) | Q(department__icontains=asked)
    matching = User.objects.filter(asked_for)
    page = Paginator(matching, PAGE).get_page(request.GET.get("page"))
    mailed = standings(page)
    told = {
        "people": [(user, may_manage(me, user), mailed.get(user.pk)) for user in page],
        "page": page,
        "asked": asked,
        "mail": relay.is_set(),
    }
    return render(request, "people/list.html", told)


@never_cache
@pilot_required
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(person(request), request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            link = services.add_user(
                given["email"], given["role"], name=given["name"], department=given["department"]
            )
        except WorkspaceError as refused:
            form.add_error("email", refused.message)
        else:
            return _show(request, link, services.find(given["email"]))
    return render(request, "people/form.html", {"form": form, "title": gettext("Inviter une personne")})


@never_cache
@pilot_required
@require_POST
def new_link(request: HttpRequest, public_id: str) -> HttpResponse:
    other = _manageable(request, public_id)
    return _show(request, services.new_link(other), other)


def _show(request: HttpRequest, link: str, other: User) -> HttpResponse:
    told = {"link": link, "other": other, "mail": relay.is_set()}
    return render(request, "people/link.html", told)


@pilot_required
def role(request: HttpRequest, public_id: str) -> HttpResponse:
    other = _manageable(request, public_id)
    form = RoleForm(person(request), request.POST or None, initial={"role": other.role})
    if form.is_valid():
        try:
            services.set_role(other, Role(form.cleaned_data["role"]))
        except WorkspaceError as refused:
            form.add_error("role", refused.message)
        else:
            messages.success(request, gettext("Rôle modifié."))
            return redirect("people:list")
    title = gettext("Rôle de %(name)s") % {"name": other.shown}
    return render(request, "people/form.html", {"form": form, "title": title})


@pilot_required
@require_POST
def switch(request: HttpRequest, public_id: str) -> HttpResponse:
    other = _manageable(request, public_id)
    try:
        services.set_active(other, not other.is_active)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        told = (
            gettext("%(name)s peut de nouveau entrer.")
            if other.is_active
            else gettext("%(name)s ne peut plus entrer ; ses clés sont suspendues.")
        )
        messages.success(request, told % {"name": other.shown})
    return redirect("people:list")


@never_cache
@pilot_required
def erase(request: HttpRequest, public_id: str) -> HttpResponse:
    other = _manageable(request, public_id)
    if request.method != "POST":
        return render(request, "people/erase.html", {"other": other})
    shown = other.shown
    try:
        erasing.erase(other)
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, gettext("%(name)s est effacé d'Égide.") % {"name": shown})
    return redirect("people:list")


def _manageable(request: HttpRequest, public_id: str) -> User:
    other = get_object_or_404(User, public_id=public_id)
    if not may_manage(person(request), other):
        raise PermissionDenied
    return other
