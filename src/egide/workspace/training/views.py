"""A person's own pages: the modules, a lesson, a quiz, a certificate; and the check of a certificate."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egide.errors import WorkspaceError
from egide.reference.training import Module, lessons, modules, questions, training
from egide.workspace.accounts.access import person
from egide.workspace.notice.access import informed_required
from egide.workspace.training import certificates, services, weekly
from egide.workspace.training.forms import QuizForm
from egide.workspace.training.models import Attempt, Certificate, Weekly
from egide.workspace.training.plan import State
from egide.workspace.training.rules import note_editions
from egide.workspace.training.shown import Explained, explained, remembered
from egide.workspace.ui.files import attachment


def module_or_404(module: str) -> Module:
    """The module of this id."""
    try:
        return modules()[module]
    except KeyError:
        raise Http404 from None


@never_cache
@require_safe
@informed_required
def listing(request: HttpRequest) -> HttpResponse:
    note_editions()
    standings = services.mine(person(request))
    told = {
        "standings": standings,
        "passed": sum(one.state is State.PASSED for one in standings),
        "late": sum(one.late for one in standings),
        "weekly": _weekly(weekly.current(person(request))),
        "yearly": _numbers("yearly"),
        "charter": _numbers("charter"),
    }
    return render(request, "training/list.html", told)


@never_cache
@require_safe
@informed_required
def module(request: HttpRequest, module: str) -> HttpResponse:
    found, me = module_or_404(module), person(request)
    told = {
        "module": found,
        "lesson": lessons()[found.id],
        "facts": remembered(found.key_facts, timezone.localdate()),
        "standing": next(one for one in services.mine(me) if one.module is found),
        "attempts": services.attempts(me, found),
    }
    return render(request, "training/module.html", told)


@require_POST
def start(request: HttpRequest, module: str) -> HttpResponse:
    found = module_or_404(module)
    try:
        opened = services.start(person(request), found)
    except WorkspaceError:
        # The page of the module leads to what has to be read first.
        return redirect("training:module", found.id)
    return redirect("training:attempt", opened.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@informed_required
def attempt(request: HttpRequest, pk: UUID) -> HttpResponse:
    kept = get_object_or_404(Attempt, pk=pk, person=person(request))
    found = module_or_404(kept.module)
    if kept.sent_at is not None:
        return _sent(request, kept) if request.method == "POST" else _result(request, kept, found)
    if not services.up_to_date(kept):
        messages.warning(request, WorkspaceError("EG-6432").message)
        return redirect("training:module", found.id)
    form = QuizForm(found.quiz, kept.order, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _send(request, kept, form)
    return render(request, "training/quiz.html", {"module": found, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@informed_required
def question(request: HttpRequest) -> HttpResponse:
    kept = weekly.current(person(request))
    shown = _weekly(kept, request.POST if request.method == "POST" else None)
    if kept is not None and shown is not None and shown.form.is_valid():
        # Answered in another window: that answer is shown.
        with suppress(WorkspaceError):
            weekly.answer(kept, shown.form.chosen[kept.question])
        kept.refresh_from_db()
        shown = _weekly(kept)
    page = "weekly.html"
    if request.headers.get("HX-Request") == "true":
        # On another page it is folded, and once answered it is left alone.
        page = "_weekly_folded.html" if "plie" in request.GET else "_weekly.html"
    return render(request, f"training/{page}", {"weekly": shown})


@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    me = person(request)
    kept = get_object_or_404(Certificate, code=code, person=me)
    try:
        made = certificates.printed(kept, me)
    except WorkspaceError as problem:
        messages.error(request, problem.message)
        return redirect("training:module", kept.module)
    return attachment(made, "application/pdf", f"certificat-{kept.module}.pdf")


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    typed = code or request.GET.get("code", "").strip()[:200]
    found = certificates.check(typed)
    told = {"typed": typed, "found": found, "named": request.user.is_authenticated}
    return render(request, "training/verify.html", told, status=404 if typed and not found else 200)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of the week: its form, then what was answered."""

    form: QuizForm
    explained: Explained | None


def _weekly(kept: Weekly | None, data: QueryDict | None = None) -> Asked | None:
    if kept is None:
        return None
    asked, order = questions()[kept.question], {kept.question: kept.order}
    done = None
    if kept.right is not None:
        (done,) = explained([asked], order, {kept.question: kept.answers or []}, timezone.localdate())
    return Asked(QuizForm([asked], order, data), done)


def _numbers(renewal: str) -> str:
    """The modules with this rule, as the page numbers them."""
    found = [str(number) for number, one in enumerate(training().modules, start=1) if one.renewal == renewal]
    if len(found) < 2:
        return "".join(found)
    return gettext("%(first)s et %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def _send(request: HttpRequest, kept: Attempt, form: QuizForm) -> HttpResponse:
    try:
        services.send(kept, form.chosen)
    except WorkspaceError as refused:
        messages.warning(request, refused.message)
    return redirect("training:attempt", kept.pk)


def _sent(request: HttpRequest, kept: Attempt) -> HttpResponse:
    messages.warning(request, WorkspaceError("EG-6431").message)
    return redirect("training:attempt", kept.pk)


def _result(request: HttpRequest, kept: Attempt, found: Module) -> HttpResponse:
    told = {
        "module": found,
        "attempt": kept,
        "certificate": Certificate.objects.filter(attempt=kept).first(),
        "same": services.up_to_date(kept),
    }
    if told["same"]:
        told["answers"] = explained(found.quiz, kept.order, kept.answers or {}, timezone.localdate())
    return render(request, "training/result.html", told)
