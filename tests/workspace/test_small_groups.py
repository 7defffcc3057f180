from __future__ import annotations

from itertools import product

from egide.workspace.small_groups import FEWEST, differ, in_fives, mostly

FOUR = list(product(range(6), repeat=4))


def test_counts_that_are_shown_tell_nobody_what_another_said() -> None:
    for counts in FOUR:
        if not differ(counts):
            continue
        assert sum(counts) >= FEWEST
        for place, chosen in enumerate(counts):
            if chosen:
                # One of them takes their own answer away: the others still do not all say the same.
                others = [count - (place == other) for other, count in enumerate(counts)]
                assert sum(count > 0 for count in others) > 1, counts


def test_counts_withheld_from_enough_people_do_not_tell_which_answer_most_gave() -> None:
    withheld = {counts.index(max(counts)) for counts in FOUR if sum(counts) >= FEWEST and not differ(counts)}
    assert withheld == {0, 1, 2, 3}


def test_a_group_without_a_good_answer_is_told_like_one_with_almost_half() -> None:
    for answered in range(40):
        told = [mostly(good, answered) for good in range(answered + 1)]
        if answered < FEWEST:
            assert set(told) == {None}
        else:
            assert told[0] is told[1] is told[2] is False, answered
            assert told[-1] is True


def test_people_come_in_by_fives() -> None:
    assert [in_fives(number) for number in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]
