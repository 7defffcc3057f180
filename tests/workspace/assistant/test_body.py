from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.ports import Delta
from egide.workspace.assistant.body import Body, Piece

DELTAS = st.lists(st.builds(Delta, st.text(), st.sampled_from([None, "PERSON", "IBAN"])))


def test_values_put_back_are_marked_where_they_stand() -> None:
    body = Body.of_answer([Delta("Bonjour "), Delta("Zoé 🎉", "PERSON"), Delta(", merci.")])
    assert body.text == "Bonjour Zoé 🎉, merci."
    assert list(body.pieces()) == [Piece("Bonjour "), Piece("Zoé 🎉", "PERSON"), Piece(", merci.")]


@given(DELTAS)
def test_pieces_joined_give_the_text_and_survive_storage(deltas: list[Delta]) -> None:
    body = Body.of_answer(deltas)
    assert "".join(piece.text for piece in body.pieces()) == body.text == "".join(d.text for d in deltas)
    assert Body.from_json(body.to_json()) == body
