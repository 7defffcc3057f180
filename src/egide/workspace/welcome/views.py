"""The first start: the answers, what they would fill, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from egide.errors import EgideError, WorkspaceError
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.company import services as company
from egide.workspace.welcome import filling
from egide.workspace.welcome.forms import WelcomeForm
from egide.workspace.welcome.models import State
from egide.workspace.welcome.plan import plan, stamp
from egide.workspace.welcome.undoing import looser
from egide.workspace.welcome.undoing import undo as take_back


@never_cache
@pilot_required
def ask(request: HttpRequest) -> HttpResponse:
    found = filling.current()
    if found is not None and found.is_filled:
        return render(request, "welcome/done.html", {"welcome": found, "looser": _looser()})
    kept = found.answers if found else {}
    form = WelcomeForm(request.POST or None, instance=company.current(), initial=_initial(kept))
    if form.is_valid():
        try:
            filling.keep_answers(form.answers, person(request))
        except WorkspaceError as refused:
            messages.error(request, refused.message)
            return redirect("welcome:ask")
        return redirect("welcome:proposal")
    return render(request, "welcome/ask.html", {"form": form})


@never_cache
@pilot_required
@require_safe
def proposal(request: HttpRequest) -> HttpResponse:
    found = filling.current()
    if found is None or found.state != State.ASKED:
        return redirect("welcome:ask")
    try:
        told = plan(found.answers, person(request))
    except EgideError as altered:  # a policy that cannot be read says so
        messages.error(request, altered.message)
        return redirect("company:journey")
    return render(request, "welcome/proposal.html", {"plan": told, "read": stamp(found.answers, told)})


@never_cache
@pilot_required
@require_POST
def fill(request: HttpRequest) -> HttpResponse:
    try:
        read = request.POST.get("read", "")
        filling.fill(request.POST.getlist("take"), person(request), read=read)
    except EgideError as refused:
        messages.error(request, refused.message)
        return redirect("welcome:proposal")
    messages.success(request, "C'est rempli. Voici ce qu'il reste à décider.")
    return redirect("company:journey")


@never_cache
@pilot_required
@require_POST
def later(request: HttpRequest) -> HttpResponse:
    try:
        filling.put_off(person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    return redirect("company:journey")


@never_cache
@pilot_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    try:
        opened = looser()
        kept = take_back(person(request))
    except EgideError as refused:
        messages.error(request, refused.message)
        return redirect("company:journey")
    stays = f" Reste, parce que quelqu'un s'en est servi : {', '.join(kept)}." if kept else ""
    messages.success(request, f"Le remplissage est annulé.{stays}")
    if opened:
        said = gettext("La politique reste comme elle est. Pour revenir à celle d'avant : {link}.")
        link = format_html('<a href="{}">{}</a>', reverse("policies:versions"), gettext("ses versions"))
        messages.warning(request, format_html(said, link=link))
    return redirect("company:journey")


def _looser() -> tuple[str, ...]:
    try:
        return looser()
    except EgideError:  # undoing says that the policy cannot be read
        return ()


def _initial(answers: dict[str, object]) -> dict[str, object]:
    """What was answered before; of the company, what it says today unless another answer waits."""
    said = {name: value for name, value in answers.items() if value not in ("", None, [])}
    if "representatives" in said:
        said["representatives"] = "yes" if said["representatives"] else "no"
    return said
