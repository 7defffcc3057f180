"""The usages with their class, the questions one a page, and the result of a usage."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egide.errors import WorkspaceError
from egide.reference.ai_act import END, Question, ai_act
from egide.workspace.accounts.access import person, pilot_required
from egide.workspace.ai_act import services
from egide.workspace.ai_act.differences import difference
from egide.workspace.ai_act.doubts import doubts
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.record import record
from egide.workspace.ai_act.shown import SAID, lines, shown, sources_of, with_assessments
from egide.workspace.ai_act.walk import Walk, walk
from egide.workspace.usages.models import Usage

# Where stages begin whose cases are mostly none of ours: they can be read, and put aside, at once.
LISTED = frozenset({"C1", "D1", "E1"})


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    me = person(request)
    found = lines(with_assessments(services.seen_by(me)), timezone.localdate())
    told = {"lines": found, "left": sum(one.stand.bad for one in found), "table": ai_act().meta}
    return render(request, "ai_act/list.html", told)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    table, today = ai_act(), timezone.localdate()
    days = [(one, one.applies_from <= today, table.sources_of(one)) for one in table.calendar]
    return render(request, "ai_act/calendar.html", {"table": table, "days": days})


@never_cache
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    usage = _usage(request, slug)
    before = services.confirmed(usage)
    pending = services.open_one(usage)
    current = pending or next(iter(before), None)
    told = {"usage": usage, "before": before, "pending": pending, "table": ai_act().meta}
    if current is None:
        return render(request, "ai_act/begin.html", {**told, "stages": ai_act().stages})
    return render(request, "ai_act/one.html", told | _result(current, usage, before))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    usage = _usage(request, slug)
    found = ai_act().by_id.get(question)
    if found is None or found.computed:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            done = services.answer(usage, question, request.POST.get("answer", ""), person(request))
        except WorkspaceError as refused:
            problem = str(refused.message)
        else:
            return _onwards(usage, done)
    return _asked(request, usage, found, problem)


@require_POST
def none_of(request: HttpRequest, slug: str, stage: str) -> HttpResponse:
    usage = _usage(request, slug)
    try:
        done = services.answer_none(usage, stage, person(request))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
        return redirect("ai_act:one", slug)
    return _onwards(usage, done)


@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    usage = _usage(request, slug)
    return _onwards(usage, services.walked(services.reopen(usage, person(request))))


@pilot_required
@require_POST
def give_up(request: HttpRequest, slug: str) -> HttpResponse:
    usage = _usage(request, slug)
    services.give_up(usage)
    messages.success(request, gettext("Réponses en cours effacées. Ce qui était confirmé est gardé."))
    return redirect("ai_act:list")


@pilot_required
@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    usage = _usage(request, slug)
    try:
        services.confirm(usage, person(request), read=request.POST.get("read", ""))
    except WorkspaceError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(
            request, gettext("Résultat confirmé : il est gardé avec vos réponses et la version de la table.")
        )
    return redirect("ai_act:one", slug)


@never_cache
@require_safe
def kept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    usage = _usage(request, slug)
    found = get_object_or_404(
        usage.assessments.select_related("confirmed_by"), pk=pk, confirmed_at__isnull=False
    )
    return render(request, "ai_act/kept.html", {"usage": usage, "one": found, "result": found.result})


def _usage(request: HttpRequest, slug: str) -> Usage:
    """The usage, or 404: that somebody else declared one is not told."""
    return get_object_or_404(services.seen_by(person(request)), slug=slug)


def _onwards(usage: Usage, done: Walk) -> HttpResponse:
    if done.next is None:
        return redirect("ai_act:one", usage.slug)
    return redirect("ai_act:question", usage.slug, done.next.id)


def _result(current: Assessment, usage: Usage, before: list[Assessment]) -> dict[str, object]:
    table, today = ai_act(), timezone.localdate()
    done = services.walked(current)
    told: dict[str, object] = {
        "current": current,
        "walk": done,
        "next": done.next,
        "shown": shown(done, usage, today) if done.next is None else None,
        "doubts": doubts(table, done.answers) if done.next is None else (),
        "read": services.stamp(done.answers),
        "fria_due": services.needs_fria(usage),
        "last": next(iter(before), None),
    }
    last = next(iter(before), None)
    if last is not None and last.table != services.version():
        told["stale"] = last
        if done.next is None:
            told["difference"] = difference(last.result, record(table, done))
    return told


def _asked(request: HttpRequest, usage: Usage, found: Question, problem: str) -> HttpResponse:
    table = ai_act()
    current = services.latest(usage)
    done = walk(table, current.answers if current else {})
    asked = [step.question.id for step in done.steps if not step.question.computed]
    if found.id not in asked and (done.next is None or done.next.id != found.id):
        return _onwards(usage, done)
    place = asked.index(found.id) if found.id in asked else len(asked)
    stages = [one for one in table.stages if one.id != "bilan"]
    stage = table.stage[found.stage]
    told = {
        "usage": usage,
        "question": found,
        "stage": stage,
        "number": stages.index(stage) + 1,
        "stages": len(stages),
        "answered": len(asked),
        "previous": asked[place - 1] if place else None,
        "given": done.answers.get(found.id, ""),
        "choices": list(SAID.items()),
        "sources": sources_of(found),
        "problem": problem,
        "cases": _cases(found) if found.id in LISTED and found.id not in asked else (),
    }
    return render(request, "ai_act/question.html", told, status=400 if problem else 200)


def _cases(first: Question) -> list[Question]:
    """What « none of these » says no to."""
    table, told = ai_act(), [first]
    while (after := told[-1].if_no.next) != END and table.by_id[after].stage == first.stage:
        if table.by_id[after].computed:
            break
        told.append(table.by_id[after])
    return told
