"""What the page shows of a draft before it is sent, and the seal that ties a sending to what was shown."""

from __future__ import annotations

import json
import time
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language, gettext

from egide.detection import Finding
from egide.detection.view import fold
from egide.policy import Action, Treatment, Trust
from egide.policy.limit_words import warning
from egide.ports import Health, Preview
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.offsets import Utf16Offsets
from egide.workspace.assistant.standing import STOPS, Standing
from egide.workspace.assistant.words import ACTIONS, RESTING, TRUST, counted, noun, reason

_LEFT: Final = (Action.ALLOW, Action.WARN)
NOTHING: Final = Standing()
_SALT: Final = "egide.assistant.seen"


def describe(
    draft: Draft,
    preview: Preview,
    rules: dict[str, str],
    before: Standing = NOTHING,
    health: Health | None = None,
    *,
    alone: bool = False,
) -> dict[str, object]:
    """The preview as JSON; offsets in UTF-16 code units. ``rules`` are the policy's sentences by id;
    ``before`` is what the earlier messages of the conversation ask, ``health`` that of the service;
    ``alone``: no other pilot could decide.

    No value of the text is repeated, save in ``masked_text``: the page cuts values out of its own text.
    """
    decision = preview.decision
    released = decision.released(justified=True, approved=True)
    can_send = released and not before.blocked and not preview.refused
    approval = before.needs_approval or decision.asks_approval
    offset = Utf16Offsets(draft.text)
    return {
        "action": decision.action.value,
        "can_send": can_send,
        "needs_reason": can_send and (before.needs_reason or not decision.released()),
        "needs_approval": can_send and approval and not alone,
        "explanation": before.explanation or _refusal(preview) or _explanation(preview),
        "warnings": [*preview.warnings, *_unsuited(draft, preview)],
        "charter": decision.charter,
        "summary": summary(preview),
        "destination": f"{gettext(TRUST[draft.provider.trust])} {_state(health)}".strip(),
        "findings": [_finding(t, offset, draft, rules) for t in preview.treatments],
        "masked_text": preview.masked_text,
        "seen": seen(draft, preview),
        "limit": _limit(draft, preview),
    }


def _unsuited(draft: Draft, preview: Preview) -> tuple[str, ...]:
    """What the prompt that the text comes from is not for. What the person chose to hide is left out: it is
    not of a class of data by itself."""
    if draft.guidance is None:
        return ()
    found = [one for one in preview.treatments if not _asked_for(draft, one.finding)]
    return draft.guidance.warnings(found, local=draft.provider.trust is Trust.LOCAL)


def _state(health: Health | None) -> str:
    return gettext(RESTING) if health is not None and health.state == "open" else ""


def _limit(draft: Draft, preview: Preview) -> str:
    """What to say of the limit that is nearest, nothing when none is near."""
    if preview.limit is None:
        return ""
    return warning(preview.limit, draft.caller.usage.name, draft.provider.name, time.time())


def _finding(
    treatment: Treatment, offset: Utf16Offsets, draft: Draft, rules: dict[str, str]
) -> dict[str, object]:
    finding = treatment.finding
    asked = _asked_for(draft, finding)
    return {
        "start": offset(finding.start),
        "end": offset(finding.end),
        "label": finding.label,
        "word": noun(finding.label),
        "action": treatment.action.value,
        "action_word": gettext(ACTIONS[treatment.action]),
        "reason": gettext("Vous avez demandé à le masquer.") if asked else reason(finding.reason),
        "rule": "" if asked else rules.get(treatment.rule, ""),
    }


def _refusal(preview: Preview) -> str:
    return " ".join(preview.warnings) if preview.refused else ""


def _explanation(preview: Preview) -> str:
    """That of the policy, which is in French with the words of the company; else the counts alone."""
    return preview.decision.explanation if get_language() == "fr" else summary(preview)


def _asked_for(draft: Draft, finding: Finding) -> bool:
    value = fold(draft.text[finding.start : finding.end])
    return finding.label == "COMPANY_TERM" and value in {fold(hidden) for hidden in draft.adjustments.hide}


def summary(preview: Preview) -> str:
    """What blocks, what needs a reason, what will be masked, or that nothing was found."""
    if blocked := _labels(preview, *STOPS):
        return gettext("Envoi bloqué : %(counts)s.") % {"counts": counted(blocked)}
    if masked := [finding.label for finding in preview.decision.masked]:
        asks, approvals = _labels(preview, Action.JUSTIFY), _labels(preview, Action.APPROVE)
        told = (
            (gettext("Accord d'un pilote demandé : %(counts)s."), approvals),
            (gettext("Raison demandée : %(counts)s."), asks),
            (gettext("Masqué avant l'envoi : %(counts)s."), masked),
        )
        return " ".join(sentence % {"counts": counted(labels)} for sentence, labels in told if labels)
    if left := _labels(preview, *_LEFT):
        return gettext("Rien ne sera masqué. Laissé tel quel : %(counts)s.") % {"counts": counted(left)}
    return gettext("Rien à masquer dans ce texte.")


def _labels(preview: Preview, *actions: Action) -> list[str]:
    return [t.finding.label for t in preview.treatments if t.action in actions]


def seen(draft: Draft, preview: Preview) -> str:
    """A keyed digest of the draft and of what the policy does with it: differs when either differs."""
    adjustments = draft.adjustments
    shown = [
        draft.caller.person.id,
        draft.caller.usage.id,
        draft.provider.id,
        draft.provider.trust.value,
        draft.model,
        draft.text,
        sorted(adjustments.keep),
        sorted(adjustments.hide),
        preview.decision.action.value,
        [(t.finding.start, t.finding.end, t.finding.label, t.action.value) for t in preview.treatments],
        _unsuited(draft, preview),
    ]
    return salted_hmac(_SALT, json.dumps(shown), algorithm="sha256").hexdigest()


def was_seen(token: str, draft: Draft, preview: Preview) -> bool:
    """Whether the person had exactly this preview under the eyes."""
    return constant_time_compare(token, seen(draft, preview))
