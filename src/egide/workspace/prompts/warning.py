"""What the Assistant would say of a case before it leaves: a trial says it too, and waits."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language, gettext

from egide.detection import LABELS
from egide.policy import Action, Caller, Person, Provider, Role, Trust, Usage
from egide.ports import Adjustments, Preview
from egide.workspace.accounts.models import User
from egide.workspace.prompts import cases
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.filling import fill
from egide.workspace.prompts.guidance import Guidance
from egide.workspace.prompts.models import Case
from egide.workspace.wiring import wired


@dataclass(frozen=True, slots=True)
class Asked:
    """What is tried: the prompt ``ref``, with these cases, by this person for this usage."""

    owner: User
    ref: str
    content: Content
    usage: Usage
    chosen: Sequence[Case]

    @property
    def caller(self) -> Caller:
        """Who asks, as the policy sees it."""
        return Caller(Person(self.owner.public_id, Role(self.owner.role)), self.usage)


@dataclass(frozen=True, slots=True)
class Warned:
    """A case that may leave, and the sentences that come first: kinds and numbers, no value."""

    id: UUID
    name: str = field(repr=False)
    said: tuple[str, ...]


def warnings(asked: Asked, provider: Provider) -> list[Warned]:
    """Of the cases that the policy lets leave as they are, in the language of the page. As long as their
    analysis: call it in a thread, by ``sync_to_async``, which takes the language along."""
    found = []
    for case in asked.chosen:
        saved = cases.opened(case)
        if said := _of(asked, provider, fill(asked.content, saved.values)):
            found.append(Warned(saved.id, saved.name, said))
    return found


def seen(warned: Sequence[Warned], provider: str, model: str) -> str:
    """Differs when what was said, or where it would go, does."""
    told = [provider, model, *([str(one.id), *one.said] for one in warned)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _of(asked: Asked, provider: Provider, text: str) -> tuple[str, ...]:
    preview = wired().exchanges.preview(asked.caller, provider.id, text, Adjustments())
    if preview.refused or not preview.decision.released():
        return ()
    local = provider.trust is Trust.LOCAL
    unsuited = Guidance(asked.ref, asked.content).warnings(preview.treatments, local=local)
    warned = preview.decision.action is Action.WARN
    return (*preview.warnings, *unsuited, *((_explanation(preview),) if warned else ()))


def _explanation(preview: Preview) -> str:
    """That of the policy, which is in French with the words of the company; else the counts alone."""
    if get_language() == "fr":
        return preview.decision.explanation
    counts = Counter(one.finding.label for one in preview.treatments if one.action is Action.WARN)
    told = ", ".join(f"{gettext(LABELS[label].french)} ({number})" for label, number in counts.items())
    return gettext("À vérifier avant l'envoi : %(data)s.") % {"data": told}
