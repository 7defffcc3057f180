"""The pages: a new conversation, one already begun, the list of mine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from egide.errors import WorkspaceError
from egide.ports import Adjustments
from egide.workspace import configuration
from egide.workspace.accounts.access import person
from egide.workspace.accounts.models import User
from egide.workspace.assistant import history, holding
from egide.workspace.assistant.models import Conversation
from egide.workspace.assistant.offers import models, providers, usages
from egide.workspace.charter.access import signature_required
from egide.workspace.notice.access import informed_required
from egide.workspace.prompts import prepared as prompts
from egide.workspace.prompts.guidance import guidance

PAGE = 50


@never_cache
@require_GET
@informed_required
@signature_required
def new(request: HttpRequest) -> HttpResponse:
    told = _page(person(request), Adjustments()) | {"asks_weekly": True}
    return render(request, "assistant/page.html", told)


@never_cache
@require_GET
@informed_required
@signature_required
def prepared(request: HttpRequest, prepared: UUID) -> HttpResponse:
    owner = person(request)
    try:
        ready = prompts.open_mine(owner, prepared)
    except WorkspaceError as problem:
        raise Http404(problem.message) from None
    told = {"guidance": guidance(owner, ready.entry.ref), "draft_text": ready.text}
    return render(request, "assistant/page.html", _page(owner, Adjustments()) | told)


@never_cache
@require_GET
@informed_required
@signature_required
def conversation(request: HttpRequest, conversation: UUID) -> HttpResponse:
    owner = person(request)
    kept = _mine(owner, conversation)
    return render(
        request, "assistant/page.html", _page(owner, history.choices(kept)) | _going_on(owner, kept)
    )


@never_cache
@require_GET
@informed_required
@signature_required
def held(request: HttpRequest, justification: str) -> HttpResponse:
    owner = person(request)
    try:
        message = holding.find(owner, justification)
    except WorkspaceError as problem:
        raise Http404(problem.message) from None
    if request.headers.get("HX-Request") == "true":
        return render(request, "assistant/_held.html", {"held": message})
    told = _page(owner, message.choices) | {"held": message, "draft_text": message.text}
    told["guidance"] = guidance(owner, message.prompt)
    if message.conversation is not None:
        told |= _going_on(owner, message.conversation)
    return render(request, "assistant/page.html", told)


@require_POST
def give_up(request: HttpRequest, justification: str) -> HttpResponse:
    holding.give_up(person(request), justification)
    messages.success(request, gettext("Message abandonné : il n'est plus gardé, et rien n'en est parti."))
    return redirect("justifications:mine")


@never_cache
@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    page = Paginator(history.of(person(request)), PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "lines": history.lines(page),
        "history_days": configuration.current().history_days,
    }
    return render(request, "assistant/conversations.html", told)


@require_POST
def rename(request: HttpRequest, conversation: UUID) -> HttpResponse:
    kept = _mine(person(request), conversation)
    title = request.POST.get("title", "").strip()
    if title:
        history.rename(kept, title)
    return redirect("assistant:conversations")


@require_POST
def delete(request: HttpRequest, conversation: UUID) -> HttpResponse:
    history.delete(person(request), [_mine(person(request), conversation).id])
    return redirect("assistant:conversations")


@require_POST
def delete_all(request: HttpRequest) -> HttpResponse:
    history.delete(person(request))
    return redirect("assistant:conversations")


def _mine(owner: User, conversation: UUID) -> Conversation:
    try:
        return history.mine(owner, conversation)
    except WorkspaceError as problem:
        raise Http404(problem.message) from None


def _page(owner: User, chosen: Adjustments) -> dict[str, Any]:
    return {
        "usages": usages(),
        "providers": [(provider, models(provider)) for provider in providers()],
        "choices": {"keep": sorted(chosen.keep), "hide": sorted(chosen.hide)},
        "may_decide_for_all": owner.is_pilot,
    }


def _going_on(owner: User, kept: Conversation) -> dict[str, Any]:
    return {
        "guidance": guidance(owner, kept.prompt),
        "conversation": kept,
        "title": history.title(kept),
        "messages_shown": history.messages(kept),
        "chosen": _chosen(kept),
    }


def _chosen(kept: Conversation) -> dict[str, str]:
    """Names of what the conversation was begun with; an id stands in for what was removed since."""
    usage = next((u.name for u in usages() if u.id == kept.usage), kept.usage)
    provider = next((p.name for p in providers() if p.id == kept.provider), gettext("service retiré"))
    return {"usage": usage, "provider": provider, "model": kept.model}
