"""The result of a walk as it is kept: ids, and the words of the table on that day. Plain JSON."""

from __future__ import annotations

from typing import Any

from egide.reference.ai_act import AiAct
from egide.workspace.ai_act.walk import Due, Found, Step, Walk

ANSWERED = {"yes": "Oui", "no": "Non", "unknown": "Je ne sais pas"}


def record(table: AiAct, done: Walk) -> dict[str, Any]:
    """All of it, for a proof that is read without the table."""
    return {
        "table": table.meta.data_version,
        "level": done.level or "",
        "class": table.level.get(done.level or "", ""),
        "roles": [one.label for one in table.roles if one.id in done.roles],
        "outcomes": [_found(table, one) for one in done.found],
        "duties": [_due(table, one) for one in done.duties],
        "trail": [_step(one) for one in done.steps],
        "settled": done.settled,
    }


def _found(table: AiAct, one: Found) -> dict[str, Any]:
    return {
        "id": one.outcome.id,
        "level": one.level,
        "label": table.level[one.level],
        "title": one.outcome.title,
        "why": one.outcome.why,
        "legal_ref": one.outcome.legal_ref,
        "owed": one.owed,
        "applies_from": one.applies_from.isoformat() if one.applies_from else None,
        "because": [_step(step) for step in one.because],
    }


def _due(table: AiAct, one: Due) -> dict[str, Any]:
    return {
        "id": one.duty.id,
        "text": one.duty.text,
        "legal_ref": one.duty.legal_ref,
        "applies_from": one.applies_from.isoformat(),
        "roles": [role.label for role in table.roles if role.id in one.roles],
        "evidence": list(one.duty.evidence),
        "verified": one.duty.verified,
        "sources": [
            {"title": s.title, "url": s.url, "date": s.date, "verified": s.verified}
            for s in table.sources_of(one.duty)
        ],
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "text": one.question.text,
        "legal_ref": one.question.legal_ref,
        "answer": one.answer,
        "said": ANSWERED[one.answer],
        "computed": one.question.computed,
    }
