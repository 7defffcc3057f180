"""What the caller's program is told of the checks: one header, or one comment of a stream.

    x-egide-checks: injection.override=1, unsent.person=2, verify.link=1

A dictionary of RFC 8941: kinds and counts, never a value. ``none`` when nothing was found, ``unread`` when
the answer was not read. The head always says what the request held. To read the answer takes a moment: only
who sends ``x-egide-checks: wait`` is told of it, in the head of a whole answer, in a comment after the last
event of a stream, which no client library looks at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from egide.checks import AnswerChecks

NAME: Final = b"x-egide-checks"
ASKED: Final = b"wait"


def of_request(injections: Mapping[str, int]) -> list[str]:
    """What the request held."""
    return [f"injection.{kind}={count}" for kind, count in sorted(injections.items())]


def of_withheld(withheld: Mapping[str, int]) -> list[str]:
    """What was taken out of the answer before it was given."""
    return [f"withheld.{label.lower()}={count}" for label, count in sorted(withheld.items())]


def of_answer(checks: AnswerChecks | None, *, heard: bool = False) -> list[str]:
    """What the answer holds. ``heard``: the caller sent a voice, which said the values that no text held."""
    if checks is None:
        return ["unread"]
    origin = "heard" if heard else "unsent"
    found = [f"{origin}.{label.lower()}={count}" for label, count in sorted(checks.unsent_counts.items())]
    found += [f"verify.{kind}={count}" for kind, count in sorted(checks.item_counts.items())]
    if checks.active:
        found.append(f"active={len(checks.active)}")
    return found


def written(found: list[str]) -> bytes:
    """The value of the header."""
    return ", ".join(found or ["none"]).encode()


def comment(found: list[str]) -> bytes:
    """A comment of a stream of events (WHATWG HTML, section 9.2.6)."""
    return b": egide-checks " + written(found) + b"\n\n"
