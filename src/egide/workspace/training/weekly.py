"""The question of the week: one that this person missed, to see again; else one of a quiz that they took.

Any page can show it with HTMX, folded until it is answered::

    <div hx-get="{% url 'training:weekly' %}?plie" hx-trigger="load" hx-swap="outerHTML"></div>
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random, SystemRandom

from django.utils import timezone

from egide.errors import WorkspaceError
from egide.reference.training import Question, modules, questions
from egide.workspace.accounts.models import User
from egide.workspace.training.models import Attempt, Weekly
from egide.workspace.training.quiz import fits, is_right, shuffled

# So many weeks pass before the same question comes back.
RECENT = 8


def current(person: User) -> Weekly | None:
    """The question of this week, the same all the week; none before the first quiz was sent."""
    week = _monday(timezone.localdate())
    kept = Weekly.objects.filter(person=person, week=week).first()
    if kept is not None and _stands(kept):
        return kept
    if kept is not None:
        kept.delete()
    drawn = _draw(person, SystemRandom())
    if drawn is None:
        return None
    order = shuffled([drawn], SystemRandom())[drawn.id]
    return Weekly.objects.get_or_create(
        person=person, week=week, defaults={"question": drawn.id, "order": order}
    )[0]


def answer(kept: Weekly, chosen: list[int]) -> None:
    """Note the answer, once. Raises WorkspaceError EG-6431 when there is one already."""
    right = is_right(questions()[kept.question], chosen)
    if not Weekly.objects.filter(pk=kept.pk, right=None).update(answers=sorted(chosen), right=right):
        raise WorkspaceError("EG-6431")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _stands(kept: Weekly) -> bool:
    """Whether the question is still that of the reference."""
    question = questions().get(kept.question)
    return question is not None and fits([question], {question.id: kept.order})


def _draw(person: User, chance: Random) -> Question | None:
    """What was missed most often and not answered rightly in a later week; else anything that was asked."""
    before = list(Weekly.objects.filter(person=person).order_by("-week").values_list("question", "right"))
    learnt = {question for question, right in before if right}
    recent = {question for question, _ in before[:RECENT]}
    sent = list(Attempt.objects.filter(person=person).exclude(sent_at=None).values_list("module", "missed"))
    missed = Counter(one for _, listed in sent for one in listed)
    weak = {one: times for one, times in missed.items() if one in questions() and one not in learnt}
    fresh = {one: times for one, times in weak.items() if one not in recent} or weak
    if fresh:
        most = max(fresh.values())
        return questions()[chance.choice(sorted(one for one, times in fresh.items() if times == most))]
    return _any({module for module, _ in sent}, recent, chance)


def _any(taken: set[str], recent: set[str], chance: Random) -> Question | None:
    known = [one for module in modules().values() if module.id in taken for one in module.quiz]
    choices = [one for one in known if one.id not in recent] or known
    return chance.choice(choices) if choices else None
