"""People, by their e-mail address; no user name. And the one-time links that let them in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.policy import Role
from egide.workspace.company.models import opaque_id

ROLES: list[tuple[str, str | Promise]] = [
    (Role.COLLABORATOR.value, _("Collaborateur")),
    (Role.PILOT.value, _("Pilote")),
    (Role.ADMIN.value, _("Administrateur")),
]


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is kept in lower case, so that it names one person only."""

    def create_user(self, email: str, role: str = Role.COLLABORATOR, **fields: Any) -> User:
        """A person without a password: only a one-time link lets them in."""
        user: User = self.model(email=email.strip().lower(), role=role, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person. ``public_id`` is what the journal and the gateway know of them."""

    public_id = models.CharField(max_length=32, unique=True, default=opaque_id, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    department = models.CharField(pgettext_lazy("of a company", "service"), max_length=80, blank=True)
    role = models.CharField(_("rôle"), max_length=12, choices=ROLES, default=Role.COLLABORATOR.value)
    is_active = models.BooleanField(pgettext_lazy("a person", "actif"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        # Shown by debuggers and logs: never the address.
        return f"person {self.public_id}"

    @property
    def shown(self) -> str:
        """What pages call this person."""
        return self.name or self.email

    @property
    def is_pilot(self) -> bool:
        """Whether they see the pilot's pages (an administrator does)."""
        return self.role in (Role.PILOT, Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        """Whether they may name pilots and administrators."""
        return self.role == Role.ADMIN


class OneTimeLink(models.Model):
    """A link that lets one person choose a password, once. Only the digest of its secret is kept.

    ``user`` is empty for the very first administrator, who does not exist yet.
    """

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"one-time link {self.pk}"
