from __future__ import annotations

import pytest

from egide.detection.unveil.disguise import Disguise, Piece, discover
from egide.detection.unveil.gate import signs
from egide.detection.view import View

DISGUISES = discover()
ACCEPTED = [pytest.param(d, *e, id=f"{d.id}:{n}") for d in DISGUISES for n, e in enumerate(d.accepted)]
REFUSED = [pytest.param(d, e, id=f"{d.id}:{n}") for d in DISGUISES for n, e in enumerate(d.refused)]


def read(disguise: Disguise, text: str) -> str:
    pieces: list[Piece] = []
    for piece in sorted(disguise.search(View(text)), key=lambda one: (one.start, -one.end)):
        if not pieces or piece.start >= pieces[-1].end:
            pieces.append(piece)
    for piece in reversed(pieces):
        text = text[: piece.start] + piece.plain + text[piece.end :]
    return text


@pytest.mark.parametrize(("disguise", "written", "plain"), ACCEPTED)
def test_accepted_examples_are_read(disguise: Disguise, written: str, plain: str) -> None:
    assert read(disguise, written) == plain


@pytest.mark.parametrize(("disguise", "written", "plain"), ACCEPTED)
def test_the_gate_lets_accepted_examples_through(disguise: Disguise, written: str, plain: str) -> None:
    # What makes a token long may be around the example.
    assert not set(signs(View(written))).isdisjoint(disguise.signs)


@pytest.mark.parametrize(("disguise", "text"), REFUSED)
def test_refused_examples_stay_as_they_are(disguise: Disguise, text: str) -> None:
    assert read(disguise, text) == text


@pytest.mark.parametrize(("disguise", "written", "plain"), ACCEPTED)
def test_each_character_has_its_place_inside_the_piece(disguise: Disguise, written: str, plain: str) -> None:
    for piece in disguise.search(View(written)):
        assert 0 <= piece.start < piece.end <= len(written)
        spans = piece.spans
        assert spans is None or len(spans) == len(piece.plain)
        assert all(piece.start <= start <= end <= piece.end for start, end in spans or ())


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda d: d.id)
def test_every_disguise_is_documented_and_exampled(disguise: Disguise) -> None:
    assert disguise.accepted
    assert disguise.refused
    assert disguise.source
    assert disguise.signs
    assert not disguise.how.endswith(".")
