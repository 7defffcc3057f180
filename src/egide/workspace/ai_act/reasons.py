"""Why an outcome is there: the answers without which the walk would not have come to it.

An answer counts if, within its stage, the other answer would have led past the same place; where a computed
question decided, so do the answers that raised what it looks for. Answers that only kept the walk from ending
are not told: every outcome rests on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from egide.reference.ai_act import END, AiAct, ai_act

if TYPE_CHECKING:
    from egide.workspace.ai_act.walk import Step


def reasons(table: AiAct, steps: Sequence[Step], at: int, roles: Iterable[str] = ()) -> tuple[Step, ...]:
    """The steps that led to the one at this rank, and those that gave these roles, in order."""
    told: set[int] = set()
    _gather(table, steps, at, told)
    wanted = {f"role.{role}" for role in roles}
    told |= {rank for rank, step in enumerate(steps) if wanted & set(step.raised)}
    return tuple(steps[rank] for rank in sorted(told))


def _gather(table: AiAct, steps: Sequence[Step], at: int, told: set[int]) -> None:
    if at in told:
        return
    told.add(at)
    question = steps[at].question
    if question.expr is not None:
        matched = set(question.expr.matched(flag for step in steps[:at] for flag in step.raised))
        for rank, step in enumerate(steps[:at]):
            if matched & set(step.raised):
                _gather(table, steps, rank, told)
    for rank, step in enumerate(steps[:at]):
        branch = step.branch
        if step.question.stage != question.stage or branch is None:
            continue
        other = step.question.if_no if branch is step.question.if_yes else step.question.if_yes
        if other.next not in (branch.next, END) and question.id not in _leads_to(table, other.next):
            _gather(table, steps, rank, told)


def _leads_to(table: AiAct, question: str) -> frozenset[str]:
    """The questions that may follow this one, itself included."""
    return _shipped(question) if table is ai_act() else _reached(table, question)


@lru_cache(maxsize=256)
def _shipped(question: str) -> frozenset[str]:
    return _reached(ai_act(), question)


def _reached(table: AiAct, question: str) -> frozenset[str]:
    found, left = set(), [question]
    while left:
        one = left.pop()
        if one != END and one not in found:
            found.add(one)
            left += [table.by_id[one].if_yes.next, table.by_id[one].if_no.next]
    return frozenset(found)
