"""The page of the settings, its test, and the release of one person's joined account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from egide.errors import EgideError
from egide.workspace.accounts import services as accounts
from egide.workspace.accounts.access import admin_required, person
from egide.workspace.sso import metadata, services
from egide.workspace.sso.forms import SettingForm
from egide.workspace.sso.provider import callback_address


@never_cache
@sensitive_post_parameters("secret")
@admin_required
def settings(request: HttpRequest) -> HttpResponse:
    form = SettingForm(request.POST or None, instance=services.setting())
    if form.is_valid():
        try:
            services.save(form.kept(), person(request))
        except EgideError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, gettext("C'est enregistré."))
            return redirect("sso:settings")
    return render(request, "sso/settings.html", _page(request, form))


@never_cache
@admin_required
@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """What is saved is asked; what is being written is not."""
    one, told = services.setting(), dict[str, Any]()
    try:
        told["found"] = metadata.read(one)
        told["keys"] = len(metadata.read_keys(one, told["found"]))
    except EgideError as problem:
        told = {"problem": problem}
    if request.headers.get("HX-Request") == "true":
        return render(request, "sso/_tested.html", told)
    return render(
        request, "sso/settings.html", _page(request, SettingForm(instance=one)) | told | {"tested": True}
    )


@never_cache
@admin_required
@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """By POST: the address of a person stays out of addresses of pages."""
    try:
        other = accounts.find(request.POST.get("email", ""))
    except EgideError:
        messages.error(request, gettext("Aucune personne n'a cette adresse : rien n'a été modifié."))
    else:
        if services.unlink(other):
            messages.success(
                request, gettext("C'est délié : sa prochaine connexion sera liée de nouveau par son adresse.")
            )
        else:
            messages.info(request, gettext("Cette personne n'est liée à aucun compte du service."))
    return redirect("sso:settings")


def _page(request: HttpRequest, form: SettingForm) -> dict[str, Any]:
    one = services.setting()
    return {
        "form": form,
        "setting": one,
        "callback": callback_address(request),
        "joined": services.joined(one) if one.issuer else 0,
    }
