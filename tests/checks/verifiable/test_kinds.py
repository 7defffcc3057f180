from __future__ import annotations

import time

import pytest
from tests.checks.examples import marked

from egide.checks.verifiable.item import Kind, discover
from egide.detection.view import View

KINDS = discover()
ACCEPTED = [pytest.param(k, e, id=f"{k.id}:{n}") for k in KINDS for n, e in enumerate(k.accepted)]
REFUSED = [pytest.param(k, e, id=f"{k.id}:{n}") for k in KINDS for n, e in enumerate(k.refused)]


@pytest.mark.parametrize(("kind", "example"), ACCEPTED)
def test_accepted_examples_are_found_exactly(kind: Kind, example: str) -> None:
    text, wanted = marked(example)
    assert wanted
    assert wanted == {(item.start, item.end) for item in kind.find(View(text))}


@pytest.mark.parametrize(("kind", "example"), REFUSED)
def test_refused_examples_are_left_alone(kind: Kind, example: str) -> None:
    assert list(kind.find(View(example))) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_every_kind_is_documented_and_exampled(kind: Kind) -> None:
    assert kind.accepted
    assert kind.refused
    assert kind.source
    assert kind.french
    assert kind.why.endswith(".")


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_long_texts_take_a_time_in_proportion(kind: Kind) -> None:
    words = " ".join(marked(example)[0] for example in (*kind.accepted, *kind.refused))
    unit = (words + " 12" * 30 + " [a" * 30 + " «" * 20 + " art. 1-1-1" * 20)[:3_000]

    def seconds(times: int) -> float:
        view = View(unit * times)
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            list(kind.find(view))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(32) < 64 * max(seconds(1), 0.000_2)
