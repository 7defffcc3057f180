"""What people think of prompts: favourites, which are each person's own, and ratings, shown as averages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from egide.workspace.accounts.models import User
from egide.workspace.prompts.models import Favourite, Rating
from egide.workspace.small_groups import in_fives

LOWEST: Final = 3.0
"""The lowest average that is shown as it is: below, only that it is lower."""


@dataclass(frozen=True, slots=True)
class Average:
    """The average of ``number`` ratings, to the nearest half; ``low``: it is lower than what it says."""

    stars: float
    number: int
    low: bool = False


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
    """Of every prompt that enough people rated. Ratings come in by whole fives, in the order in which people
    rated first: an average that moved with each would tell what the last one thought."""
    return _averages(Rating.objects.all())


def average(ref: str) -> Average | None:
    """Of this prompt, if enough people rated it."""
    return _averages(Rating.objects.filter(ref=ref)).get(ref)


def _averages(ratings: QuerySet[Rating]) -> dict[str, Average]:
    given: defaultdict[str, list[int]] = defaultdict(list)
    for ref, stars in ratings.order_by("pk").values_list("ref", "stars"):
        given[ref].append(stars)
    return {ref: _average(stars[:number]) for ref, stars in given.items() if (number := in_fives(len(stars)))}


def _average(stars: list[int]) -> Average:
    halves = int(2 * sum(stars) / len(stars) + 0.5) / 2
    return Average(max(halves, LOWEST), len(stars), low=halves < LOWEST)


def mine(person: User, ref: str) -> int:
    """This person's rating, 0 when there is none."""
    return Rating.objects.filter(person=person, ref=ref).values_list("stars", flat=True).first() or 0
