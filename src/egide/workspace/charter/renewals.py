"""What a new charter asks to be learned again."""

from __future__ import annotations

from datetime import datetime

from egide.workspace.charter.models import CharterVersion


def renewed() -> dict[str, datetime]:
    """The module of the training on the charter, since the version in force was published."""
    at = CharterVersion.objects.values_list("at", flat=True).first()
    return {} if at is None else {"m8": at}
