"""What is sealed of a proposal: the value, and the sentence around it when the person joined it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from egide.workspace import wiring
from egide.workspace.feedback.models import Proposal


@dataclass(frozen=True, slots=True)
class Content:
    """In clear; ``sentence`` is empty when none was joined, and holds the value otherwise."""

    value: str = field(repr=False)
    sentence: str = field(default="", repr=False)


def seal(kind: str, digest: str, content: Content) -> bytes:
    """``content``, sealed for the one proposal of this kind and value."""
    told = {"value": content.value, "sentence": content.sentence}
    return wiring.keyring().seal(json.dumps(told).encode(), _context(kind, digest))


def unseal(proposal: Proposal) -> Content:
    """The content in clear. Raises PseudonymisationError EG-2001 when the key is not the one."""
    context = _context(proposal.kind, proposal.digest)
    return Content(**json.loads(wiring.keyring().open(bytes(proposal.sealed), context)))


def _context(kind: str, digest: str) -> str:
    return f"feedback/proposal/{kind}/{digest}"
