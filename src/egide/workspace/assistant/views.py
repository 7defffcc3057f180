"""The pages: a new conversation, one already begun, the list of mine."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.ports import Adjustments
from egide.workspace.accounts.models import User
from egide.workspace.assistant import history
from egide.workspace.assistant.models import Conversation
from egide.workspace.assistant.offers import providers, usages
from egide.workspace.wiring import wired


@never_cache
@login_required
@require_GET
def new(request: HttpRequest) -> HttpResponse:
    return render(request, "assistant/page.html", _page(_person(request), Adjustments()))


@never_cache
@login_required
@require_GET
def conversation(request: HttpRequest, conversation: UUID) -> HttpResponse:
    owner = _person(request)
    kept = _mine(owner, conversation)
    told = _page(owner, history.choices(kept)) | {
        "conversation": kept,
        "title": history.title(kept),
        "messages_shown": history.messages(kept),
        "chosen": _chosen(owner, kept),
    }
    return render(request, "assistant/page.html", told)


@never_cache
@login_required
@require_GET
def conversations(request: HttpRequest) -> HttpResponse:
    told = {"lines": history.lines(_person(request)), "history_days": wired().settings.history_days}
    return render(request, "assistant/conversations.html", told)


@login_required
@require_POST
def rename(request: HttpRequest, conversation: UUID) -> HttpResponse:
    kept = _mine(_person(request), conversation)
    title = request.POST.get("title", "").strip()
    if title:
        history.rename(kept, title)
    return redirect("assistant:conversations")


@login_required
@require_POST
def delete(request: HttpRequest, conversation: UUID) -> HttpResponse:
    history.delete(_person(request), [_mine(_person(request), conversation).id])
    return redirect("assistant:conversations")


@login_required
@require_POST
def delete_all(request: HttpRequest) -> HttpResponse:
    history.delete(_person(request))
    return redirect("assistant:conversations")


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _mine(owner: User, conversation: UUID) -> Conversation:
    try:
        return history.mine(owner, conversation)
    except WorkspaceError as problem:
        raise Http404(problem.message) from None


def _page(owner: User, chosen: Adjustments) -> dict[str, Any]:
    return {
        "usages": usages(owner),
        "providers": providers(),
        "choices": {"keep": sorted(chosen.keep), "hide": sorted(chosen.hide)},
        "may_decide_for_all": Role(owner.role) is not Role.COLLABORATOR,
    }


def _chosen(owner: User, kept: Conversation) -> dict[str, str]:
    """Names of what the conversation was begun with; an id stands in for what was removed since."""
    usage = next((u.name for u in usages(owner) if u.id == kept.usage), kept.usage)
    provider = next((p.name for p in providers() if p.id == kept.provider), "service retiré")
    return {"usage": usage, "provider": provider, "model": kept.model}
