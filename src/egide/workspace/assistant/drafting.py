"""From what the page sent to a checked draft: who, which usage, which provider, which decisions."""

from __future__ import annotations

from egide.errors import WorkspaceError
from egide.policy import Caller, Person, Role, Usage
from egide.ports import Adjustments
from egide.workspace.accounts.models import User
from egide.workspace.assistant import history
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.offers import providers, usages
from egide.workspace.assistant.requests import DraftRequest, SendRequest
from egide.workspace.charter import signing
from egide.workspace.notice import services as notice
from egide.workspace.prompts.guidance import guidance


def draft_of(owner: User, asked: DraftRequest) -> Draft:
    """The draft. Raises WorkspaceError EG-6003, EG-6101, EG-6108, EG-6471, EG-6150 before the notice is
    read, or EG-6411 before the charter is signed where the company asks for it.

    In a conversation, usage, provider, model and prompt are those of its first message, whatever was asked;
    and what was hidden in an earlier message stays hidden, because the model is given the whole conversation.
    """
    notice.require(owner)
    signing.require(owner)
    chosen = (asked.usage, asked.provider, asked.model)
    prompt = asked.prompt
    before = Adjustments()
    if asked.conversation is not None:
        kept = history.mine(owner, asked.conversation)
        chosen = (kept.usage, kept.provider, kept.model)
        prompt = kept.prompt
        before = history.choices(kept)
    usage = next((u for u in usages() if u.id == chosen[0]), None)
    if usage is None:
        raise WorkspaceError("EG-6003", usage=chosen[0])
    provider = next((p for p in providers() if p.id == chosen[1]), None)
    if provider is None or (chosen[2] and provider.models and chosen[2] not in provider.models):
        raise WorkspaceError("EG-6108")
    caller = Caller(Person(owner.public_id, Role(owner.role)), Usage(usage.id, usage.name))
    told = guidance(owner, prompt)
    if prompt and told is None and asked.conversation is None:
        raise WorkspaceError("EG-6471")
    return Draft(asked.text, caller, provider, chosen[2], _adjustments(asked, before), told)


def _adjustments(asked: DraftRequest, before: Adjustments) -> Adjustments:
    hide, keep = frozenset(asked.hide), frozenset(asked.keep)
    reason = asked.justification.strip() if isinstance(asked, SendRequest) else ""
    return Adjustments(
        keep=keep - hide, hide=hide | (before.hide - keep), justification=reason or before.justification
    )
