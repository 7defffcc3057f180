from __future__ import annotations

import time

import pytest
from tests.checks.examples import marked

from egide.checks.injection.sign import Sign, discover
from egide.detection.view import View

SIGNS = discover()
ACCEPTED = [pytest.param(s, e, id=f"{s.id}:{n}") for s in SIGNS for n, e in enumerate(s.accepted)]
REFUSED = [pytest.param(s, e, id=f"{s.id}:{n}") for s in SIGNS for n, e in enumerate(s.refused)]


@pytest.mark.parametrize(("sign", "example"), ACCEPTED)
def test_accepted_examples_are_found_exactly(sign: Sign, example: str) -> None:
    text, wanted = marked(example)
    assert wanted
    assert wanted <= {(start, end) for start, end, _ in sign.find(View(text))}


@pytest.mark.parametrize(("sign", "example"), REFUSED)
def test_refused_examples_are_left_alone(sign: Sign, example: str) -> None:
    assert list(sign.find(View(example))) == []


@pytest.mark.parametrize("sign", SIGNS, ids=lambda s: s.id)
def test_every_sign_is_documented_and_exampled(sign: Sign) -> None:
    assert sign.accepted
    assert sign.refused
    assert sign.source
    assert sign.why
    assert all(0 < clue.weight < 1 for clue in sign.clues)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda s: s.id)
def test_the_gates_of_speed_hide_nothing(sign: Sign) -> None:
    for example in sign.accepted:
        view = View(marked(example)[0])
        for clue in sign.clues:
            if clue.pattern.search(view.low):
                assert clue.may_be_in(view)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda s: s.id)
def test_long_texts_take_a_time_in_proportion(sign: Sign) -> None:
    words = " ".join(marked(example)[0] for example in (*sign.accepted, *sign.refused)).replace(".", " ")
    unit = (words + " " + " ".join(word * 2 for word in words.split()[:40]))[:4_000]

    def seconds(times: int) -> float:
        view = View(unit * times)
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            list(sign.find(view))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(32) < 64 * max(seconds(1), 0.000_2)
