from __future__ import annotations

from egide.detection.labels import DATA_CLASSES
from egide.workspace.usages.words import DATA, NOTHING, told


def test_every_data_class_of_the_policy_is_offered_in_plain_words() -> None:
    assert set(DATA) == {NOTHING, *DATA_CLASSES}


def test_an_answer_that_is_no_longer_offered_is_told_as_it_is() -> None:
    assert told(["health", "gone"], DATA) == "Santé, gone"
