"""What another version of the table changes in a result that was confirmed, the answers being the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    """A thing whose day changed; none when it had none."""

    words: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two records. ``reworded``: questions whose words are others now, before and after."""

    classes: tuple[str, str] | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[Moved, ...]
    reworded: tuple[tuple[str, str], ...]

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        return not (self.classes or self.added or self.removed or self.moved or self.reworded)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """From one record to another."""
    old, new = _things(before), _things(after)
    classes = (before["class"], after["class"]) if before["level"] != after["level"] else None
    asked = {one["id"]: one["text"] for one in before["trail"]}
    return Difference(
        classes,
        tuple(new[key][0] for key in new.keys() - old.keys()),
        tuple(old[key][0] for key in old.keys() - new.keys()),
        tuple(
            Moved(new[key][0], old[key][1], new[key][1])
            for key in new
            if key in old and old[key][1] != new[key][1]
        ),
        tuple(
            (asked[one["id"]], one["text"])
            for one in after["trail"]
            if one["id"] in asked and asked[one["id"]] != one["text"]
        ),
    )


def _things(told: Mapping[str, Any]) -> dict[str, tuple[str, str | None]]:
    """Outcomes and duties by id: their words, and their day."""
    return {
        **_by_id((one for one in told["outcomes"] if one["owed"]), "title"),
        **_by_id(told["duties"], "text"),
    }


def _by_id(told: Iterable[Mapping[str, Any]], words: str) -> dict[str, tuple[str, str | None]]:
    return {one["id"]: (f"{one[words]} ({one['legal_ref']})", one["applies_from"]) for one in told}
