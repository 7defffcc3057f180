"""What a person may not wave through alone: "this is not personal" does not unblock what a rule blocks.

A pilot may, for the whole company and in their own name, by an exception.
"""

from __future__ import annotations

from dataclasses import replace

from egide.detection.view import fold
from egide.policy import Action
from egide.ports import Exchanges, Preview
from egide.workspace.assistant.draft import Draft


def judged(exchanges: Exchanges, draft: Draft) -> tuple[Draft, Preview]:
    """The preview of the draft, and the draft without the decisions that are not the person's to take."""
    limited = replace(draft, adjustments=replace(draft.adjustments, keep=_keepable(exchanges, draft)))
    return limited, _preview(exchanges, limited)


def _keepable(exchanges: Exchanges, draft: Draft) -> frozenset[str]:
    keep = draft.adjustments.keep
    if not keep:
        return keep
    bare = replace(draft, adjustments=replace(draft.adjustments, keep=frozenset()))
    blocked = {
        fold(draft.text[t.finding.start : t.finding.end])
        for t in _preview(exchanges, bare).treatments
        if t.action is Action.BLOCK
    }
    return frozenset(value for value in keep if not _touches(fold(value), blocked))


def _touches(value: str, blocked: set[str]) -> bool:
    # Either way round: keeping a part of a secret in clear would let that part leave.
    return any(value in other or other in value for other in blocked)


def _preview(exchanges: Exchanges, draft: Draft) -> Preview:
    return exchanges.preview(draft.caller, draft.provider.id, draft.text, draft.adjustments)
