"""What people think of prompts: favourites, which are each person's own, and ratings, shown as averages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Avg, Count, QuerySet

from egide.workspace.accounts.models import User
from egide.workspace.prompts.models import Favourite, Rating

FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Average:
    """The average of ``number`` ratings."""

    stars: float
    number: int


def favourites(person: User) -> frozenset[str]:
    """The prompts that this person wants first."""
    return frozenset(Favourite.objects.filter(person=person).values_list("ref", flat=True))


def set_favourite(person: User, ref: str, *, wanted: bool) -> None:
    """Put a prompt first for this person, or no longer."""
    if wanted:
        Favourite.objects.get_or_create(person=person, ref=ref)
    else:
        Favourite.objects.filter(person=person, ref=ref).delete()


@transaction.atomic
def rate(person: User, ref: str, stars: int) -> None:
    """This person's rating, 1 to 5; their earlier one is replaced."""
    Rating.objects.update_or_create(person=person, ref=ref, defaults={"stars": stars})


def averages() -> dict[str, Average]:
    """Of every prompt that enough people rated: fewer, and one could tell who thought what."""
    return _averages(Rating.objects.all())


def average(ref: str) -> Average | None:
    """Of this prompt, if enough people rated it."""
    return _averages(Rating.objects.filter(ref=ref)).get(ref)


def _averages(ratings: QuerySet[Rating]) -> dict[str, Average]:
    rows = ratings.values("ref").annotate(given=Avg("stars"), number=Count("pk")).order_by()
    rows = rows.filter(number__gte=FEWEST)
    return {row["ref"]: Average(row["given"], row["number"]) for row in rows}


def mine(person: User, ref: str) -> int:
    """This person's rating, 0 when there is none."""
    return Rating.objects.filter(person=person, ref=ref).values_list("stars", flat=True).first() or 0
