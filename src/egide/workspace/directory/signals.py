"""Any change to what exchanges depend on makes the version grow, in the same transaction as the change."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.db.models.signals import post_delete, post_save

from egide.workspace.accounts.models import User
from egide.workspace.charter.models import CharterVersion, Signature, SigningRule
from egide.workspace.company.models import Company
from egide.workspace.directory.directory import refresh_all
from egide.workspace.directory.models import Version
from egide.workspace.keys.models import AccessKey
from egide.workspace.knowledge.models import Document, TermList
from egide.workspace.limits.models import Limit, Price
from egide.workspace.notice.models import Reading
from egide.workspace.policies.models import Exemption, PolicyVersion, Term
from egide.workspace.providers.models import Provider, Replacement
from egide.workspace.usages.models import Usage

WATCHED: tuple[type[Model], ...] = (
    AccessKey, CharterVersion, Company, Document, Exemption, Limit, PolicyVersion, Price, Provider, Reading,
    Replacement, Signature, SigningRule, Term, TermList, Usage, User,
)  # fmt: skip


def changed(sender: type[Model], **_: Any) -> None:
    """Count the change; once it is committed, read anew."""
    if not Version.objects.filter(id=1).update(number=F("number") + 1):
        Version.objects.get_or_create(id=1, defaults={"number": 1})
    transaction.on_commit(refresh_all)


def connect() -> None:
    """Called once, when Django is ready."""
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(changed, sender=model, dispatch_uid=f"directory/{model.__name__}/{id(signal)}")
