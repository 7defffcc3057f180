"""What the journal keeps of many requests that leave together: the sums of what it keeps of each."""

from __future__ import annotations

from collections import Counter

from egide.gateway.identifiers import opaque
from egide.gateway.records import Known
from egide.policy import Decision


class Tally:
    """Counts; never a value."""

    def __init__(self) -> None:
        self._sums: dict[str, Counter[str]] = {
            name: Counter() for name in ("labels", "masked", "injections", "attachments")
        }
        self._strictest: Decision | None = None
        self.lines = self.refused = 0

    def add(self, known: Known) -> None:
        """One more request."""
        self._sums["masked"].update(known.masked)
        self._sums["injections"].update(known.injections)
        self._sums["attachments"].update(known.attachments)
        if known.judged is not None:
            self._sums["labels"].update(known.judged.labels)
            decision = known.judged.decision
            if self._strictest is None or decision.action.severity > self._strictest.action.severity:
                self._strictest = decision

    @property
    def counts(self) -> dict[str, object]:
        """For ``Known.counts``."""
        found: dict[str, object] = {name: dict(sums) for name, sums in self._sums.items() if sums}
        found["lines"] = self.lines
        if self.refused:
            found["refused_lines"] = self.refused
        if self._strictest is not None:
            found |= {"action": self._strictest.action.value, "rule": opaque(self._strictest.rule)}
        return found

    @property
    def masked(self) -> dict[str, int]:
        """How many values of each label are hidden."""
        return dict(self._sums["masked"])
