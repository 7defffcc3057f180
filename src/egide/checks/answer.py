"""All the checks of one finished answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from egide.checks.active import Active, active_content
from egide.checks.unsent import Sent, unsent
from egide.checks.verifiable import Item, to_verify
from egide.detection import Finding
from egide.detection.view import fold


@dataclass(frozen=True, slots=True)
class AnswerChecks:
    """What a person should know of an answer. Offsets are characters of the answer.

    ``removed``: how many characters that hide or turn the text were taken out of it. ``withheld_counts``: how
    many values of each label, which nobody had sent, were taken out before the caller had it.
    """

    unsent: tuple[Finding, ...] = ()
    items: tuple[Item, ...] = ()
    active: tuple[Active, ...] = ()
    unsent_counts: dict[str, int] = field(default_factory=dict)
    removed: int = 0
    withheld_counts: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.unsent or self.items or self.active or self.removed or self.withheld_counts)

    @property
    def item_counts(self) -> dict[str, int]:
        """How many things to verify, by kind."""
        return dict(Counter(item.kind for item in self.items))


def check_answer(answer: str, findings: Sequence[Finding], sent: Iterable[str]) -> AnswerChecks:
    """``findings`` are the detector's on ``answer``; ``sent`` are the texts that the caller sent."""
    texts = tuple(sent)
    new = tuple(unsent(answer, findings, Sent(texts)))
    active = tuple(active_content(answer))
    # A value told twice is one value.
    values = {(finding.label, fold(answer[finding.start : finding.end])) for finding in new}
    return AnswerChecks(
        new,
        tuple(item for item in to_verify(answer, texts) if not _overlaps(item, active)),
        active,
        dict(Counter(label for label, _ in values)),
    )


def _overlaps(item: Item, active: Sequence[Active]) -> bool:
    """A link that carries data away is not to be opened, even to verify it."""
    return any(one.start < item.end and item.start < one.end for one in active)
