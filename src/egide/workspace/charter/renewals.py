"""What a new charter asks to be learned again."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from egide.workspace.charter import binding


def renewed() -> dict[str, datetime]:
    """The module of the training on the charter, since the version in force binds."""
    version = binding.in_force(binding.versions(), timezone.localdate())
    if version is None:
        return {}
    return {"m8": max(version.at, timezone.make_aware(datetime.combine(version.enters_on, time.min)))}
