from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from egide.workspace.accounts.models import User
from egide.workspace.prompts import marks
from egide.workspace.prompts.models import Rating


def test_ratings_come_in_by_fives_and_each_person_counts_once(person: Callable[..., User]) -> None:
    people = [person(email=f"p{number}@entreprise.example") for number in range(10)]
    marks.rate(people[0], "com-relance", 1)
    for one in people[:4]:
        marks.rate(one, "com-relance", 4)
    assert marks.averages() == {}
    marks.rate(people[4], "com-relance", 5)
    first = {"com-relance": marks.Average(4.0, 5)}
    assert marks.averages() == first
    for one in people[5:9]:
        marks.rate(one, "com-relance", 1)
        assert marks.averages() == first, "what the last one thought cannot be read from what moved"
    marks.rate(people[9], "com-relance", 5)
    assert marks.averages() == {"com-relance": marks.Average(3.0, 10)}
    assert (marks.mine(people[0], "com-relance"), marks.mine(people[0], "sav-reponse")) == (4, 0)


@pytest.mark.parametrize("stars", [1, 2])
def test_a_low_average_is_not_told(stars: int, person: Callable[..., User]) -> None:
    for number in range(5):
        marks.rate(person(email=f"p{number}@entreprise.example"), "com-relance", stars)
    assert marks.averages() == {"com-relance": marks.Average(3.0, 5, low=True)}


@pytest.mark.parametrize("stars", [0, 6])
def test_a_rating_out_of_range_never_enters_the_database(person: Callable[..., User], stars: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        marks.rate(person(), "com-relance", stars)
    assert not Rating.objects.exists()


def test_favourites_are_each_persons_own(person: Callable[..., User]) -> None:
    zoe, luc = person(email="zoe@entreprise.example"), person(email="luc@entreprise.example")
    for _ in range(2):
        marks.set_favourite(zoe, "com-relance", wanted=True)
    assert (marks.favourites(zoe), marks.favourites(luc)) == (frozenset({"com-relance"}), frozenset())
    marks.set_favourite(zoe, "com-relance", wanted=False)
    assert marks.favourites(zoe) == frozenset()
