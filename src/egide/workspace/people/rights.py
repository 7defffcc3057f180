"""Who may change whom: an administrator anyone, a pilot only collaborators.

Otherwise a pilot could make a one-time link for an administrator, and become one.
"""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.accounts.models import User


def may_manage(actor: User, other: User) -> bool:
    """Whether ``actor`` may make a link for ``other``, change their role or their access."""
    return actor.is_admin or (actor.is_pilot and other.role == Role.COLLABORATOR)


def roles_given_by(actor: User) -> tuple[Role, ...]:
    """The roles that ``actor`` may give."""
    return tuple(Role) if actor.is_admin else (Role.COLLABORATOR,)
