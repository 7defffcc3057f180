from __future__ import annotations

import numpy as np
import pytest

from egide.detection.knowledge.cutting import cut
from egide.detection.knowledge.hashing import Namer, chain, sorted_once

KEY = bytes(range(32))


def _names(text: str, key: bytes = KEY) -> list[int]:
    return [int(name) for name in Namer(key).of_words(cut(text))]


@pytest.mark.parametrize("word", ["or", "talbourdet", "a" * 16, "b" * 17, "c" * 40, "cœur", "2026"])
def test_a_word_has_one_name_wherever_it_stands_and_no_other_has_it(word: str) -> None:
    alone, among = _names(word), _names(f"le {word} du {word} {word}z")
    assert alone[0] == among[1] == among[3]
    assert len(set(among)) == 4


def test_a_plural_is_named_as_its_singular() -> None:
    assert len(set(_names("menuiserie menuiseries"))) == 1
    assert len(set(_names("bois boi"))) == 2


def test_another_key_gives_other_names() -> None:
    assert not set(_names("le comptoir de la cœur")) & set(_names("le comptoir de la cœur", bytes(32)))


def test_the_name_of_a_run_depends_on_the_order_of_its_words() -> None:
    one, other = Namer(KEY).of_words(cut("calypso nord"))
    zero = np.zeros(1, np.uint64)
    both = {int(chain(chain(zero, np.array([a])), np.array([b]))[0]) for a, b in ((one, other), (other, one))}
    assert len(both) == 2


def test_sorted_once() -> None:
    assert sorted_once(np.array([3, 1, 3], np.uint64)).tolist() == [1, 3]
    assert sorted_once(np.zeros(0, np.uint64)).tolist() == []
