"""What the earlier messages of a conversation ask of the next one.

The model is given the whole conversation again. An answer may well hold what a rule stops (a state of
health that the model speaks of): without a word about it here, every next message would be refused, with
nothing on the page to change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from egide.policy import Action, Decision
from egide.ports import Exchanges, Turn
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.words import counted

STOPS = (Action.BLOCK, Action.REROUTE)


@dataclass(frozen=True, slots=True)
class Standing:
    """The decisions on the earlier messages, with what the person already gave as a reason."""

    decisions: tuple[Decision, ...] = ()
    justified: bool = False

    @property
    def blocked(self) -> bool:
        """Whether the conversation cannot go on at all."""
        return not all(decision.released(justified=True, approved=True) for decision in self.decisions)

    @property
    def needs_reason(self) -> bool:
        """Whether a reason must be given before it goes on."""
        return not self.blocked and not all(d.released(justified=self.justified) for d in self.decisions)

    @property
    def needs_approval(self) -> bool:
        """Whether a pilot must decide each time it goes on."""
        return not self.blocked and any(decision.asks_approval for decision in self.decisions)

    @property
    def explanation(self) -> str:
        """A sentence, empty when the earlier messages ask nothing."""
        if self.blocked:
            stops = counted(self._labels(*STOPS))
            return gettext(
                "Un message précédent contient ce qui est bloqué ici (%(stops)s) :"
                " ouvrez une nouvelle conversation."
            ) % {"stops": stops}
        if self.needs_reason:
            asks = counted(self._labels(Action.JUSTIFY, Action.APPROVE))
            return gettext("Un message précédent contient ce qui demande une raison (%(asks)s).") % {
                "asks": asks
            }
        return ""

    def _labels(self, *actions: Action) -> list[str]:
        return [t.finding.label for d in self.decisions for t in d.treatments if t.action in actions]


def standing(exchanges: Exchanges, draft: Draft, turns: Sequence[Turn]) -> Standing:
    """What these earlier messages ask. Takes as long as their analysis: call it in a thread."""
    decisions = tuple(
        exchanges.preview(draft.caller, draft.provider.id, turn.text, draft.adjustments).decision
        for turn in turns
    )
    return Standing(decisions, bool(draft.adjustments.justification))
