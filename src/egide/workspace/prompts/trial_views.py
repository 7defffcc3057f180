"""The cases of a prompt: saved, tried, forgotten. Each person sees their own only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from egide.errors import EgideError, WorkspaceError
from egide.policy import Provider
from egide.workspace.accounts.access import person
from egide.workspace.accounts.models import User
from egide.workspace.charter import signing
from egide.workspace.notice import services as notice
from egide.workspace.notice.access import informed_required
from egide.workspace.prompts import cases
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.forms import CaseForm, ValuesForm
from egide.workspace.prompts.shown import case_of, cases_of
from egide.workspace.prompts.trying import attempt_all
from egide.workspace.prompts.warning import Asked, seen, warnings
from egide.workspace.providers.services import in_force
from egide.workspace.usages.services import DEFAULT, offered
from egide.workspace.wiring import wired

FIRST: Final = {"EG-6150": "notice:read", "EG-6411": "charter:read"}
"""What has to be done before, by the code of its refusal."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@informed_required
def trials(request: HttpRequest, ref: str) -> HttpResponse:
    owner = person(request)
    try:
        content = cases.content(owner, ref)
    except WorkspaceError as problem:
        raise Http404(problem.message) from None
    form, values = CaseForm(request.POST or None), ValuesForm(content, request.POST or None)
    if form.is_valid() and values.is_valid():
        told = (form.cleaned_data["name"], values.values(), form.lines("must"), form.lines("must_not"))
        try:
            cases.save(owner, ref, *told, timezone.now())
        except WorkspaceError as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("prompts:trials", ref)
    return _page(request, ref, content, form, values)


@never_cache
@require_POST
async def run(request: HttpRequest, ref: str) -> HttpResponse:
    """One case, or all: step by step on a page with a script, which asks again for each; else at once.
    Before, once, what the Assistant would warn of."""
    request.user = await request.auser()
    owner = person(request)
    case, target = request.POST.get("case", ""), request.POST.get("target", "")
    by_steps = request.headers.get("HX-Request") == "true"
    try:
        asked = await sync_to_async(_asked)(owner, ref, case)
        provider, model = await sync_to_async(_target)(target)
    except WorkspaceError as problem:
        if problem.code == "EG-6003":
            messages.error(request, problem.message)
        elif problem.code not in FIRST:
            raise Http404(problem.message) from None
        first = (
            reverse(FIRST[problem.code]) if problem.code in FIRST else reverse("prompts:trials", args=[ref])
        )
        return _to(first, by_steps=by_steps)
    try:
        warned = await sync_to_async(warnings, thread_sensitive=False)(asked, provider)
    except EgideError as failed:
        messages.error(request, failed.message)
        return _to(reverse("prompts:trials", args=[ref]), by_steps=by_steps)
    token = seen(warned, provider.id, model)
    if warned and request.POST.get("seen", "") != token:
        told = {"warned": warned, "seen": token, "target": target, "case": case, "provider": provider.name}
        return await sync_to_async(_held)(request, asked, told, by_steps=by_steps)
    if by_steps and not case:
        tokens = {one.id: seen([one], provider.id, model) for one in warned}
        return await sync_to_async(_begun)(request, ref, target, tokens)
    await attempt_all(asked, provider.id, model)
    if by_steps:
        return await sync_to_async(_tried)(request, ref, asked.chosen[0].pk)
    return redirect("prompts:trials", ref)


@require_POST
def remove(request: HttpRequest, ref: str, case: UUID) -> HttpResponse:
    try:
        cases.find(person(request), ref, case).delete()
    except WorkspaceError as problem:
        raise Http404(problem.message) from None
    return redirect("prompts:trials", ref)


def _to(url: str, *, by_steps: bool) -> HttpResponse:
    return HttpResponseClientRedirect(url) if by_steps else redirect(url)


def _page(
    request: HttpRequest,
    ref: str,
    content: Content,
    form: CaseForm,
    values: ValuesForm,
    told: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    page = {
        "ref": ref,
        "content": content,
        "form": form,
        "values": values,
        "cases": cases_of(person(request), ref),
        "providers": [(one, one.models or wired().exchanges.models(one.id)) for one in in_force()],
        **told,
    }
    return render(request, "prompts/trials.html", page)


def _held(request: HttpRequest, asked: Asked, told: Mapping[str, Any], *, by_steps: bool) -> HttpResponse:
    """What is said before anything leaves: in the place of the case or of all of them, or on a whole page."""
    if not by_steps:
        return _page(request, asked.ref, asked.content, CaseForm(), ValuesForm(asked.content), told)
    if told["case"]:
        return _tried(request, asked.ref, asked.chosen[0].pk, told)
    every = {"ref": asked.ref, "cases": cases_of(asked.owner, asked.ref), "providers": in_force()}
    return render(request, "prompts/_cases.html", {**every, **told, "by_steps": True})


def _begun(request: HttpRequest, ref: str, target: str, tokens: Mapping[UUID, str]) -> HttpResponse:
    """Every case, which asks for itself. ``tokens``: of those whose warnings were read."""
    waiting = [
        (one, json.dumps({"case": str(one.id), "target": target, "seen": tokens.get(one.id, "")}))
        for one in cases_of(person(request), ref)
    ]
    return render(request, "prompts/_waiting.html", {"ref": ref, "waiting": waiting})


def _tried(
    request: HttpRequest, ref: str, case: UUID, told: Mapping[str, Any] = MappingProxyType({})
) -> HttpResponse:
    """What became of it, or with ``told`` what is said before; nothing when it was deleted meanwhile."""
    try:
        shown = {"ref": ref, "one": case_of(person(request), ref, case), "providers": in_force()}
    except WorkspaceError:
        return HttpResponse()
    return render(request, "prompts/_case.html", {**shown, **told, "by_steps": bool(told)})


def _asked(owner: User, ref: str, case: str) -> Asked:
    """What is tried: one case, or all. Raises EG-6150, EG-6411, EG-6471, EG-6479, or EG-6003 when the usage
    of the prompt is no longer there: another one may have another policy."""
    notice.require(owner)
    signing.require(owner)
    content = cases.content(owner, ref)
    wanted, usages = content.usage, offered()
    usage = next((one for one in usages if not wanted or one.id == wanted), None)
    if usage is None:
        raise WorkspaceError("EG-6003", usage=wanted or DEFAULT)
    if not case:
        return Asked(owner, ref, content, usage, cases.mine(owner, ref))
    try:
        return Asked(owner, ref, content, usage, [cases.find(owner, ref, UUID(case))])
    except ValueError:
        raise WorkspaceError("EG-6479") from None


def _target(written: str) -> tuple[Provider, str]:
    """The provider and the model, checked. Raises WorkspaceError EG-6108."""
    provider, _, model = written.partition("|")
    found = next((one for one in in_force() if one.id == provider), None)
    if found is None or (model and found.models and model not in found.models):
        raise WorkspaceError("EG-6108")
    return found, model
