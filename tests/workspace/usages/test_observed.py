from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from egide.workspace.journalling.models import JournalRecord
from egide.workspace.providers import services as providers
from egide.workspace.usages import services
from egide.workspace.usages.observed import seen


def _exchange(number: int, usage: str, provider: str, *, days: int = 0) -> None:
    JournalRecord.objects.create(
        writer="w", sequence=number, previous="", hash="", kind="opened", exchange=str(number),
        at="", details="{}", moment=timezone.now() - timedelta(days=days), person="p",
        usage=usage, provider=provider,
    )  # fmt: skip


def test_what_the_inventory_does_not_say_is_counted(db: None) -> None:
    services.add("Devis", answers={"providers": ["maison"]})
    services.add("Annonces", answers={"providers": ["maison"]})
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    for number, (usage, provider, days) in enumerate(
        [("devis", "maison", 0), ("devis", "ailleurs", 0), ("disparu", "maison", 0), ("disparu", "maison", 1),
         ("annonces", "ailleurs", 40), ("", "maison", 0)]
    ):  # fmt: skip
        _exchange(number, usage, provider, days=days)
    found = seen(timezone.now() - timedelta(days=30))
    assert [(one.slug, one.usage is None, one.service, one.exchanges) for one in found] == [
        ("disparu", True, "Maison", 2),
        ("devis", False, "ailleurs", 1),
    ]
    assert found[0].asked == "name=disparu&tool=Maison"
