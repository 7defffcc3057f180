"""Whose conversation a placeholder belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Placeholders of two scopes can neither be linked nor restored for one another.

    All four parts are opaque identifiers. Without a ``conversation``, all exchanges of the person for
    the usage share one scope, so that a client that keeps its own history still gets stable placeholders.
    """

    company: str
    person: str
    usage: str
    conversation: str = ""

    def key(self) -> str:
        """One string per scope, whatever characters the parts hold."""
        return "".join(f"{len(part)}:{part}" for part in self.parts)

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """The four parts in order."""
        return self.company, self.person, self.usage, self.conversation
