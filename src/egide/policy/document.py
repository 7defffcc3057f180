"""The file of a policy: its schema. Rules are data; this is where a mistake in them is refused.

A rule names data classes or labels, gives one action per trust of the provider, and for every action
that it uses a French sentence. Nothing has a default that would let a value out.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from egide.checks.settings import CheckSettings
from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy.model import Action, Role, Trust

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CharterLine(_Strict):
    """A line of the charter: the clause (id and title in the charter) and the words quoted from it."""

    clause: Slug
    title: Sentence
    text: Sentence

    def __str__(self) -> str:
        return f"{self.title} : « {self.text} »"


class Statement(_Strict):
    """What a policy says when no rule speaks: nothing was recognised, or a kind that it does not know."""

    id: Slug
    sentence: Sentence
    charter: Slug


class Rule(_Strict):
    """What happens to some kinds of values, by trust of the provider.

    ``usages`` and ``roles``, when given, limit the rule to them. ``obligations`` are ids of
    ``reference/obligations``.
    """

    id: Slug
    classes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    usages: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    actions: dict[Trust, Action]
    sentences: dict[Action, Sentence]
    charter: Slug
    obligations: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.classes) == bool(self.labels):
            raise ValueError("a rule names either classes or labels")
        if not set(self.classes) <= set(DATA_CLASSES) or not set(self.labels) <= set(LABELS):
            raise ValueError("unknown data class or label")
        if set(self.actions) != set(Trust):
            raise ValueError("an action is needed for each trust")
        if set(self.sentences) != set(self.actions.values()):
            raise ValueError("one sentence per action in use, no other")
        return self

    @property
    def covers(self) -> frozenset[str]:
        """The labels that the rule speaks of."""
        return frozenset(self.labels) or frozenset(
            n for n, k in LABELS.items() if k.data_class in self.classes
        )


class PolicyDocument(_Strict):
    """A whole policy file."""

    name: Slug
    title: Sentence
    summary: Sentence
    charter: dict[Slug, CharterLine]
    nothing: Statement
    unknown: Statement
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    checks: CheckSettings = CheckSettings()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        parts: tuple[Statement | Rule, ...] = (self.nothing, self.unknown, *self.rules)
        if len({part.id for part in parts}) != len(parts):
            raise ValueError("two rules have the same id")
        if not {part.charter for part in parts} <= set(self.charter):
            raise ValueError("a rule rests on a charter line that the file does not quote")
        return self
