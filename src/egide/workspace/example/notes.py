"""Notes the rows that the example makes, and gives them back."""

from __future__ import annotations

from typing import Final, TypeVar

from django.db.models import Model, QuerySet

from egide.workspace.example.models import Made

NAME: Final = "company name"
PROFILE: Final = "company profile"
FIGURES: Final = "figures"
Row = TypeVar("Row", bound=Model)


def keep(*rows: Model) -> None:
    """The example made these rows."""
    made = [Made(kind=row._meta.label, key=str(row.pk)) for row in rows]
    Made.objects.bulk_create(made, ignore_conflicts=True)


def rows(model: type[Row]) -> QuerySet[Row]:
    """Those of this model that the example made and that are still there."""
    keys = Made.objects.filter(kind=model._meta.label).values_list("key", flat=True)
    return model._default_manager.filter(pk__in=list(keys))


def say(kind: str, key: str = "") -> None:
    """The example did this, which is no row of its own."""
    Made.objects.get_or_create(kind=kind, key=key)


def said(kind: str) -> list[str]:
    """The keys of what it did of this kind."""
    return list(Made.objects.filter(kind=kind).values_list("key", flat=True))


def exist() -> bool:
    """Whether the example was loaded here."""
    return Made.objects.exists()


def forget() -> None:
    """Nothing is of the example any more."""
    Made.objects.all().delete()
