from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from egide.workspace.accounts.models import User
from egide.workspace.prompts import marks
from egide.workspace.prompts.models import Rating


def test_each_person_counts_once_in_the_average(person: Callable[..., User]) -> None:
    zoe, luc = person(email="zoe@entreprise.example"), person(email="luc@entreprise.example")
    for stars in (1, 5):
        marks.rate(zoe, "com-relance", stars)
    marks.rate(luc, "com-relance", 4)
    assert marks.averages() == {}  # of two, each would know what the other thought
    for name in ("ana", "ali"):
        marks.rate(person(email=f"{name}@entreprise.example"), "com-relance", 3)
    assert marks.averages() == {"com-relance": marks.Average(3.75, 4)}
    assert (marks.mine(zoe, "com-relance"), marks.mine(zoe, "sav-reponse")) == (5, 0)
    zoe.delete()
    assert marks.averages()["com-relance"] == marks.Average(10 / 3, 3)


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
