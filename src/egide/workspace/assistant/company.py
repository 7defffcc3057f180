"""What is decided for the whole company: rules of the policy, exceptions, terms; and what is proposed."""

from __future__ import annotations

from egide.policy import Trust
from egide.workspace.accounts.models import User
from egide.workspace.assistant.requests import ProposalRequest
from egide.workspace.feedback import services as feedback
from egide.workspace.feedback.models import Kind
from egide.workspace.policies import services as policies


def rules(trust: Trust) -> dict[str, str]:
    """The sentence of each rule of the policy in force towards such a provider, by rule id."""
    document = policies.policy().document
    return {rule.id: rule.sentences[rule.actions[trust]] for rule in (*document.rules, *document.floors)}


def never_personal(value: str, by: User, *, undo: bool = False) -> None:
    """Declare a value "not personal" for everybody, or take that back."""
    if undo:
        policies.forbid(value)
    else:
        policies.allow(value, by)


def always_hidden(value: str, by: User) -> None:
    """Have a value masked for everybody."""
    policies.hide(value, by)


def propose(asked: ProposalRequest, by: User) -> feedback.Outcome:
    """Have a pilot decide. Raises WorkspaceError EG-6014, EG-6301 or EG-6303."""
    return feedback.propose(Kind(asked.kind), asked.value, by, label=asked.label, sentence=asked.sentence)
