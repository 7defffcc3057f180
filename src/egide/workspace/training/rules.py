"""What each module asks for now, from the content, what pilots asked for, and what other apps tell.

An app may have a module ``renewals.py`` with ``renewed() -> Mapping[str, datetime]``: for a module, since
when what it teaches of that app has changed (the charter tells so of ``m8``).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from egide.reference.training import modules, version
from egide.workspace import discovery
from egide.workspace.training.models import Edition, Recall
from egide.workspace.training.plan import Rule


def note_editions() -> None:
    """Write down since when this company has the content of now, unless it is known already."""
    kept = _kept()
    new = [
        Edition(module=module.id, version=version(module))
        for module in modules().values()
        if version(module) not in kept[module.id]
    ]
    if new:
        # Another process may say the same at the same time: the first one counts.
        Edition.objects.bulk_create(new, ignore_conflicts=True)


def rules() -> list[Rule]:
    """One of each module, in order. A content that was not noted yet is there since now."""
    kept, now = _kept(), timezone.now()
    asked = dict(Recall.objects.values_list("module").annotate(at=Max("at")))
    charter = _renewed()
    return [
        Rule(
            module,
            version(module),
            first=min(kept[module.id].values(), default=now),
            current=kept[module.id].get(version(module), now),
            asked=asked.get(module.id),
            charter=charter.get(module.id) if module.renewal == "charter" else None,
        )
        for module in modules().values()
    ]


def _kept() -> dict[str, dict[str, datetime]]:
    kept: dict[str, dict[str, datetime]] = defaultdict(dict)
    for module, written, since in Edition.objects.values_list("module", "version", "since"):
        kept[module][written] = since
    return kept


def _renewed() -> dict[str, datetime]:
    told: dict[str, datetime] = {}
    for found in discovery.modules("renewals"):
        told |= found.renewed()
    return told
