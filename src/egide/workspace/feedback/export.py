"""Decided proposals as test cases, in the form that ``bench/detection_quality.py`` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from egide.workspace.feedback.models import Decision, Kind, Proposal
from egide.workspace.feedback.sealing import unseal
from egide.workspace.feedback.spans import spans

# Ends of lines for readers that split as Python does, which JSON does not escape.
_BREAKS: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def lines() -> Iterator[str]:
    """One JSON object a line, oldest decision first:
    ``{"id", "text", "spans": [{"start", "end", "label"}], "kind", "decision"}``, offsets in code points.

    A value that was decided to be hidden, then not to be, counts by its last decision only: no detector
    could satisfy both.
    """
    decided = Proposal.objects.exclude(decision=Decision.OPEN).order_by("changed_at", "pk")
    last = {proposal.digest: must_hide(proposal) for proposal in decided.defer("sealed")}
    for proposal in decided.iterator(chunk_size=500):
        if must_hide(proposal) == last[proposal.digest]:
            yield json.dumps(_case(proposal), ensure_ascii=False).translate(_BREAKS) + "\n"


def must_hide(proposal: Proposal) -> bool:
    """What a decided proposal says of its value: hide accepted, or "not personal" refused."""
    return (proposal.kind == Kind.HIDE) == (proposal.decision == Decision.ACCEPTED)


def _case(proposal: Proposal) -> dict[str, object]:
    content = unseal(proposal)
    text = content.sentence or content.value
    label = proposal.label or "COMPANY_TERM"
    found = spans(text, content.value) if must_hide(proposal) else []
    return {
        "id": f"signalement-{proposal.pk}",
        "text": text,
        "spans": [{"start": start, "end": end, "label": label} for start, end in found],
        "kind": proposal.kind,
        "decision": proposal.decision,
    }
