"""What one planted exchange shows: did a character of the value leave, did the value come back?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from egide.server.proof.plants import Plant
from egide.server.proof.positions import Kind

# Shorter runs (« au », « de ») also stand in what is not the value, and tell nothing.
_PIECE = re.compile(r"\d{2,}|[^\W\d_]{4,}")
# Refusals by a rule of the policy (see errors.py).
_POLICY = "EG-3"
# As they are sent: the letters of their codes are not the value's.
_PLACEHOLDER = re.compile(r"\[[A-Z]+_[0-9A-Z]{6}\]")


class Verdict(StrEnum):
    """From best to worst."""

    RESTORED = "restored"
    MASKED = "masked"
    REFUSED = "refused"
    WITHHELD = "withheld"
    NOT_FOUND_YET = "not_found_yet"
    FAILED = "failed"
    NOT_RESTORED = "not_restored"
    LEAK = "leak"

    @property
    def proved(self) -> bool:
        """Nothing left, and what came back, if anything did, was whole."""
        return self in (Verdict.RESTORED, Verdict.MASKED, Verdict.REFUSED, Verdict.WITHHELD)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was observed of one exchange. ``refusal`` is the code of a refusal by the policy.

    ``left`` are the bodies that the provider received; ``back`` is all the text of the answer.
    """

    left: Collection[object] = field(default=(), repr=False)
    back: str = field(default="", repr=False)
    refusal: str | None = None
    failure: str | None = None


def judge(plant: Plant, seen: Seen, kind: Kind = "masked") -> Verdict:
    """The verdict on one exchange. A leak is a leak whatever else happened."""
    sent = [text for body in seen.left for text in strings(body)]
    if leaks(plant, sent):
        return Verdict.NOT_FOUND_YET if plant.not_yet else Verdict.LEAK
    if seen.refusal is not None:
        # Where a value may stand, only the policy refuses for good: another refusal hides what it would do.
        expected = kind not in ("masked", "hidden", "file") or seen.refusal.startswith(_POLICY)
        return Verdict.REFUSED if expected and not sent else Verdict.FAILED
    if seen.failure is not None or not sent or kind in ("refused", "closed"):
        return Verdict.FAILED
    if kind == "withheld":
        return Verdict.WITHHELD
    if kind == "hidden":
        return Verdict.MASKED
    return Verdict.RESTORED if plant.value in seen.back else Verdict.NOT_RESTORED


def leaks(plant: Plant, sent: Iterable[str]) -> bool:
    """Whether the value, or a telling piece of it, is in one of the texts."""
    around = plant.text.replace(plant.value, " ")
    pieces = {piece for piece in _PIECE.findall(plant.value) if not _holds(around, piece)} or {plant.value}
    texts = [_PLACEHOLDER.sub(" ", text) for text in sent]
    return any(plant.value in text or any(_holds(text, piece) for piece in pieces) for text in texts)


def strings(body: object) -> Iterator[str]:
    """Every string of a JSON value, keys included."""
    match body:
        case str():
            yield body
        case dict():
            for key, value in body.items():
                yield str(key)
                yield from strings(value)
        case list() | tuple():
            for value in body:
                yield from strings(value)


def _holds(text: str, piece: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) is not None
