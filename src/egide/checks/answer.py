"""All the checks of one finished answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from egide.checks.active import Active, active_content
from egide.checks.unsent import unsent
from egide.checks.verifiable import Item, to_verify
from egide.detection import Finding


@dataclass(frozen=True, slots=True)
class AnswerChecks:
    """What a person should know of an answer. Offsets are characters of the answer."""

    unsent: tuple[Finding, ...] = ()
    items: tuple[Item, ...] = ()
    active: tuple[Active, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unsent or self.items or self.active)

    @property
    def unsent_counts(self) -> dict[str, int]:
        """How many values that nobody sent, by label."""
        return dict(Counter(finding.label for finding in self.unsent))

    @property
    def item_counts(self) -> dict[str, int]:
        """How many things to verify, by kind."""
        return dict(Counter(item.kind for item in self.items))


def check_answer(answer: str, findings: Sequence[Finding], sent: Iterable[str]) -> AnswerChecks:
    """``findings`` are the detector's on ``answer``; ``sent`` are the texts that the caller sent."""
    texts = tuple(sent)
    return AnswerChecks(
        tuple(unsent(answer, findings, texts)),
        tuple(to_verify(answer, texts)),
        tuple(active_content(answer)),
    )
