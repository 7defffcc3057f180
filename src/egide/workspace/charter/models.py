"""The draft of the charter, its published versions, the signatures, and the rule that asks for one."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_code() -> str:
    """What a certificate is verified by: 160 bits, which nobody guesses."""
    return secrets.token_hex(20)


class CharterDraft(models.Model):
    """Row 1: the next version, as pilots prepare it together.

    ``values`` by variable, as typed; ``left_out`` gives the reason by clause; ``answers`` what the company
    says of the clauses that depend on its case. ``revision`` grows with each change.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    values = models.JSONField(default=dict)
    left_out = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    revision = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="charter_draft_is_one_row")]

    def __str__(self) -> str:
        return f"draft {self.revision}"


class VersionQuerySet(models.QuerySet["CharterVersion"]):
    """Reads and adds; what was published is neither changed nor removed."""

    def update(self, **fields: Any) -> int:
        # The one change that the database itself asks for: a person who is removed leaves their versions.
        if set(fields) != {"by"} or fields["by"] is not None:
            raise TypeError("A published version never changes.")
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A published version is never removed.")


class VersionManager(models.Manager["CharterVersion"]):
    """Gives such sets."""

    def get_queryset(self) -> VersionQuerySet:
        return VersionQuerySet(self.model, using=self._db)


class CharterVersion(models.Model):
    """A charter as it was published. ``text`` is its content as JSON, ``pdf`` the file that is signed.

    ``digest`` is that of the file, ``seal`` that of the number, the text and the file.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    enters_on = models.DateField()
    summary = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[VersionManager] = VersionManager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"charter {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises TypeError for a version that is already kept."""
        if not self._state.adding:
            raise TypeError("A published version never changes.")
        self.digest = self.digest_of_file
        self.seal = self.seal_of_text
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A published version is never removed.")

    @property
    def content(self) -> dict[str, Any]:
        """The text, read."""
        read: dict[str, Any] = json.loads(self.text)
        return read

    @property
    def digest_of_file(self) -> str:
        """What ``digest`` must be."""
        return hashlib.sha256(bytes(self.pdf)).hexdigest()

    @property
    def seal_of_text(self) -> str:
        """What ``seal`` must be."""
        whole = f"{self.number}\n{self.digest}\n{self.enters_on}\n{self.text}"
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def intact(self) -> bool:
        """Whether text and file are those that were published."""
        return self.digest == self.digest_of_file and self.seal == self.seal_of_text


class AddressSource(models.TextChoices):
    """Where the address of a signature comes from."""

    SOCKET = "socket", _("celle que le serveur a vue")
    PROXY = "proxy", _("donnée par un intermédiaire que l'administrateur a désigné")


class Signature(models.Model):
    """One person, one version. ``digest`` and ``text_seal`` are those of the version when it was signed;
    ``seal`` is keyed: nobody makes or changes a signature with access to the database alone. ``source``: that
    of the address, empty when it was not kept yet."""

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="charter_signatures"
    )
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)
    name = models.CharField(max_length=120)
    consent = models.TextField()
    digest = models.CharField(max_length=64)
    text_seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    source = models.CharField(max_length=6, choices=AddressSource.choices, blank=True)
    browser = models.CharField(max_length=300, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="charter_signed_once")]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class SigningRule(models.Model):
    """Row 1: whether the Assistant asks for a signature, and after how many days."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    required = models.BooleanField(_("sans signature, pas d'Assistant"), default=False)
    grace_days = models.PositiveSmallIntegerField(
        _("délai, en jours"), default=10, validators=[MaxValueValidator(365)]
    )
    since = models.DateField(default=date.today)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="charter_rule_is_one_row")]

    def __str__(self) -> str:
        return "rule of signature"


class Procedure(models.Model):
    """When each formality was done for the version of this number, published or next: ISO dates by step."""

    number = models.PositiveIntegerField(unique=True)
    dates = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"procedure {self.number}"


class Reminder(models.Model):
    """A person was reminded to sign a version."""

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="charter_reminders"
    )
    on = models.DateField()

    def __str__(self) -> str:
        return f"reminder {self.pk}"
