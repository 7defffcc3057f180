"""What the command line, the server and the pages do with people. No HTTP here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace import configuration
from egide.workspace.accounts import links
from egide.workspace.accounts.models import OneTimeLink, User
from egide.workspace.company import services as company


def find(email: str) -> User:
    """The person with this address. Raises WorkspaceError EG-6001."""
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        raise WorkspaceError("EG-6001") from None


def names(*, active: bool = False) -> dict[str, str]:
    """What pages call each person, by their public id, in the order of their addresses.

    ``active``: only those who have an access.
    """
    people = User.objects.filter(is_active=True) if active else User.objects.all()
    return {
        public_id: name or email
        for public_id, name, email in people.values_list("public_id", "name", "email")
    }


def add_user(email: str, role: str, base_url: str | None = None, name: str = "", department: str = "") -> str:
    """Make a person and give the one-time link to hand to them. Raises WorkspaceError EG-6002, EG-6006."""
    try:
        validate_email(email.strip())
    except ValidationError:
        raise WorkspaceError("EG-6006") from None
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, Role(role), name=name.strip(), department=department.strip()
            )
    except IntegrityError:
        raise WorkspaceError("EG-6002") from None
    return new_link(user, base_url)


def new_link(user: User, base_url: str | None = None) -> str:
    """A fresh one-time link for this person."""
    return _address(links.issue(user), base_url)


def first_link(base_url: str | None = None) -> str | None:
    """The link for the first administrator, or None when there is one already."""
    if not links.awaits_first():
        return None
    return _address(links.issue(None), base_url)


@transaction.atomic
def redeem(
    link: OneTimeLink, *, password: str, email: str = "", company_name: str = "", name: str = ""
) -> User:
    """Use a one-time link: set the password, and make the first administrator when it is theirs.

    Raises WorkspaceError EG-6007 when the link was used or expired meanwhile.
    """
    if not links.consume(link):
        raise WorkspaceError("EG-6007")
    user = link.user
    if user is None:
        user = User.objects.filter(email=email.strip().lower()).first() or User(email=email.strip().lower())
        user.role, user.is_active = Role.ADMIN.value, True
        user.name = name.strip() or user.name
        company.rename(company_name)
        user.set_password(password)
        user.save()
        return user
    user.set_password(password)
    user.save(update_fields=["password"])
    user.refresh_from_db()
    return user


@transaction.atomic
def set_role(user: User, role: Role) -> None:
    """Change what a person may do. Raises WorkspaceError EG-6008 for the last administrator."""
    if role is not Role.ADMIN:
        _keep_one_admin(user)
    user.role = role.value
    # That alone: what somebody else changes at the same moment, an access above all, stays as they left it.
    user.save(update_fields=["role"])


@transaction.atomic
def set_active(user: User, active: bool) -> None:
    """Let a person in again, or shut them out: their keys and sessions stop at once.

    Raises WorkspaceError EG-6008 for the last administrator.
    """
    if not active:
        _keep_one_admin(user)
    user.is_active = active
    user.save(update_fields=["is_active"])


def _keep_one_admin(user: User) -> None:
    # Held: two administrators who shut each other out at once would leave nobody.
    admins = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True).order_by("pk")
    held = set(admins.values_list("pk", flat=True))
    if held == {user.pk}:
        raise WorkspaceError("EG-6008")


def _address(secret: str, base_url: str | None) -> str:
    base = configuration.current().base_url if base_url is None else base_url
    return base.rstrip("/") + reverse("accounts:link", args=[secret])
