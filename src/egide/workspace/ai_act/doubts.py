"""What an answer that is not known would change: what each answer is sure to add, and what it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from egide.reference.ai_act import END, AiAct, Outcome, Question
from egide.workspace.ai_act.walk import NO, YES, Walk, Way, follow, walk


@dataclass(frozen=True, slots=True)
class Effect:
    """Of one answer: outcomes that it adds whatever follows, those it may add, those it takes away."""

    adds: tuple[Outcome, ...]
    may_add: tuple[Outcome, ...]
    removes: tuple[Outcome, ...]
    asks: int

    @property
    def nothing(self) -> bool:
        """Whether it changes nothing."""
        return not (self.adds or self.may_add or self.removes)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question whose answer is not known; ``ask`` says whom to ask, and what."""

    question: Question
    ask: str
    if_yes: Effect
    if_no: Effect


def doubts(table: AiAct, answers: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Each question on the way whose answer is not known."""
    done = walk(table, answers)
    return tuple(
        Doubt(
            step.question,
            table.stage[step.question.stage].ask,
            _effect(table, done, step.question.id, YES),
            _effect(table, done, step.question.id, NO),
        )
        for step in done.unknown
    )


def _effect(table: AiAct, done: Walk, question: str, answer: str) -> Effect:
    known = set(done.answers)
    ends, asked = _ends(table, {**done.answers, question: answer})
    told = [end.bound(table) for end in ends]
    sure, possible = frozenset.intersection(*told), frozenset.union(*told)
    return Effect(
        _named(table, sure - done.ids),
        _named(table, possible - sure - done.ids),
        _named(table, done.ids - possible),
        len(asked - known),
    )


def _ends(table: AiAct, answers: Mapping[str, str]) -> tuple[list[Way], set[str]]:
    """The ways that these answers may still become, one of each kind, and the questions of them all.

    Two that stand at one question with the same flags and outcomes go on alike: one of them is followed.
    """
    ends, asked, met, left = [], set(), set(), [Way(table.meta.entry)]
    while left:
        way = follow(table, answers, left.pop())
        asked |= {step.question.id for step in way.steps if not step.question.computed}
        kind = (way.at, frozenset(way.flags), frozenset(one.id for one, _ in way.reached))
        if kind in met:
            continue
        met.add(kind)
        if way.at == END:
            ends.append(way)
        else:
            # What was not asked is answered both ways; an answer that is not known stays so.
            left += [way.forked(table, one) for one in (YES, NO)]
    return ends, asked


def _named(table: AiAct, ids: frozenset[str]) -> tuple[Outcome, ...]:
    return tuple(one for one in table.outcomes if one.id in ids and (one.level != "role" or one.duties))
