"""A proposal as the pilot's page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext

from egide.detection import LABELS
from egide.workspace.feedback.models import Proposal, Voice
from egide.workspace.feedback.sealing import unseal
from egide.workspace.feedback.spans import spans


@dataclass(frozen=True, slots=True)
class Shown:
    """In clear. ``pieces``: the sentence in stretches, each with whether it is the value."""

    proposal: Proposal
    value: str = field(repr=False)
    pieces: tuple[tuple[str, bool], ...] = field(repr=False)
    label: str
    voices: tuple[Voice, ...]

    @property
    def first(self) -> Voice:
        """Who proposed it first, and when."""
        return self.voices[0]

    @property
    def others(self) -> int:
        """How many more people proposed it."""
        return len(self.voices) - 1


def shown(proposals: Iterable[Proposal]) -> list[Shown]:
    """Each proposal in clear; the voices and their people must have been fetched with them."""
    return [_shown(proposal) for proposal in proposals]


def _shown(proposal: Proposal) -> Shown:
    content = unseal(proposal)
    label = LABELS.get(proposal.label)
    return Shown(
        proposal,
        content.value,
        tuple(_pieces(content.sentence, content.value)),
        gettext(label.french) if label else "",
        tuple(proposal.voices.all()),
    )


def _pieces(sentence: str, value: str) -> Iterator[tuple[str, bool]]:
    position = 0
    for start, end in spans(sentence, value) if sentence else []:
        yield sentence[position:start], False
        yield sentence[start:end], True
        position = end
    if sentence:
        yield sentence[position:], False
