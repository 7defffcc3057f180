"""What is decided for the whole company: rules of the policy, exceptions, terms."""

from __future__ import annotations

from egide.policy import Trust
from egide.workspace.accounts.models import User


def rules(trust: Trust) -> dict[str, str]:
    """The sentence of each rule of the policy in force towards such a provider, by rule id."""
    from egide.workspace.policies.services import policy

    return {rule.id: rule.sentences[rule.actions[trust]] for rule in policy().document.rules}


def never_personal(value: str, by: User) -> None:
    """Declare a value "not personal" for everybody. Kept as a keyed digest."""
    from egide.workspace.policies.services import allow

    allow(value, by)


def always_hidden(value: str, by: User) -> None:
    """Have a value masked for everybody."""
    from egide.workspace.policies.services import hide

    hide(value, by)
