"""The file of a policy: its schema. Rules are data; this is where a mistake in them is refused.

A rule names data classes or labels, gives one action per trust of the provider, and for every action
that it uses a French sentence. Nothing has a default that would let a value out. ``rules`` come from a
profile or from the company, which may change what the profile says; ``floors`` come from professions and
only ever tighten.
"""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from egide.checks.settings import CheckSettings
from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy.model import Action, Pictures, Role, Speech, Trust

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Sentence = Annotated[str, Field(min_length=1, max_length=400)]
UsageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Origin = Annotated[str, Field(pattern=r"^(profile|company|profession:[a-z0-9][a-z0-9_]{0,39})$")]
PROFILE: Final = "profile"
COMPANY: Final = "company"
PROFESSION: Final = "profession:"
# A floor compares by strictness alone. Asking for a reason and sending elsewhere do not compare so: the
# first lets through to this provider what the second never does.
FLOOR_ACTIONS: Final = frozenset({Action.ALLOW, Action.WARN, Action.MASK, Action.BLOCK})


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
    ``reference/obligations``; ``origin`` says who wrote the rule.
    """

    id: Slug
    origin: Origin = PROFILE
    classes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    usages: tuple[UsageId, ...] = ()
    roles: tuple[Role, ...] = ()
    actions: dict[Trust, Action]
    sentences: dict[Action, Sentence]
    charter: Slug
    obligations: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.classes) == bool(self.labels):
            raise ValueError("une règle nomme soit des classes, soit des types")
        if not set(self.classes) <= set(DATA_CLASSES) or not set(self.labels) <= set(LABELS):
            raise ValueError("classe ou type de donnée inconnu")
        if set(self.actions) != set(Trust):
            raise ValueError("il faut une action par niveau de confiance")
        if set(self.sentences) != set(self.actions.values()):
            raise ValueError("il faut une phrase par action employée, sans autre")
        return self

    @property
    def covers(self) -> frozenset[str]:
        """The labels that the rule speaks of."""
        return frozenset(self.labels) or frozenset(
            n for n, k in LABELS.items() if k.data_class in self.classes
        )


def _text_of_pictures() -> dict[Trust, Pictures]:
    """What no engine saw, a face or a signature, stays in a picture: only its text leaves the company."""
    return {trust: Pictures.MASKED if trust is Trust.LOCAL else Pictures.TEXT for trust in Trust}


class PolicyDocument(_Strict):
    """A whole policy file. ``profile`` is the shipped policy that it was made from, if any. ``pictures``:
    what may leave of a picture, by trust of the provider; ``speech``: where a recording may be sent."""

    name: Slug
    profile: Slug | None = None
    title: Sentence
    summary: Sentence
    charter: dict[Slug, CharterLine]
    nothing: Statement
    unknown: Statement
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    floors: tuple[Rule, ...] = ()
    pictures: dict[Trust, Pictures] = Field(default_factory=_text_of_pictures)
    speech: Speech = Speech.REFUSED
    checks: CheckSettings = CheckSettings()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        parts: tuple[Statement | Rule, ...] = (self.nothing, self.unknown, *self.rules, *self.floors)
        if len({part.id for part in parts}) != len(parts):
            raise ValueError("deux règles ont le même identifiant")
        if not {part.charter for part in parts} <= set(self.charter):
            raise ValueError("une règle s'appuie sur une ligne de charte qui n'est pas citée")
        if any(rule.origin.startswith(PROFESSION) for rule in self.rules):
            raise ValueError("une règle de métier se place dans « floors »")
        if not all(rule.origin.startswith(PROFESSION) for rule in self.floors):
            raise ValueError("« floors » ne contient que des règles de métier")
        if not all(set(rule.actions.values()) <= FLOOR_ACTIONS for rule in self.floors):
            raise ValueError("une règle de métier laisse, avertit, masque ou bloque")
        if set(self.pictures) != set(Trust):
            raise ValueError("ce qui sort d'une image se dit pour chaque confiance")
        return self

    @property
    def professions(self) -> tuple[str, ...]:
        """Ids of the professions that tighten this policy, in their order."""
        return tuple(dict.fromkeys(floor.origin.removeprefix(PROFESSION) for floor in self.floors))
