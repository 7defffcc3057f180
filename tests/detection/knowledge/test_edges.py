from __future__ import annotations

import pytest

from egide.detection.knowledge.cutting import cut
from egide.detection.knowledge.edges import widened
from egide.detection.view import View

LONG = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("Voici : un deux trois quatre. Merci", 3, 3, "un deux trois quatre"),
        ("Voici\nun deux trois", 2, 2, "un deux trois"),
        (LONG, 9, 9, "six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"),
        ("un", 0, 0, "un"),
    ],
)
def test_a_passage_goes_to_the_sentence_or_a_few_words_further(
    text: str, first: int, last: int, expected: str
) -> None:
    view = View(text)
    start, end = widened(view, cut(view.low), first, last)
    assert text[start:end] == expected
