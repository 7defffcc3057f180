from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from egide.detection.knowledge.hashing import sorted_once
from egide.detection.knowledge.sorted_names import SortedNames

NAMES = st.lists(st.integers(0, 2**64 - 1), max_size=40)


@given(NAMES, NAMES)
def test_a_name_is_there_if_and_only_if_it_was_given(kept: list[int], others: list[int]) -> None:
    names = SortedNames(sorted_once(np.array(kept, np.uint64)))
    sought = np.array(kept + others, np.uint64)
    place, there = names.look(sought)
    assert there.tolist() == [int(one) in set(kept) for one in sought]
    assert names.names[place[there]].tolist() == sought[there].tolist()


def test_an_empty_list_holds_nothing() -> None:
    assert not SortedNames(np.zeros(0, np.uint64)).look(np.array([1], np.uint64))[1].any()
