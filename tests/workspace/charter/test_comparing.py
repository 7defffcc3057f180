from __future__ import annotations

import random

from tests.workspace.charter.conftest import Publish

from egide.workspace.charter.comparing import Piece, compare, words


def test_words_that_change_are_told_apart() -> None:
    assert words("relu par la gérante demain", "relu par le chef demain") == (
        Piece("same", "relu par"),
        Piece("gone", "la gérante"),
        Piece("new", "le chef"),
        Piece("same", "demain"),
    )


def test_both_texts_are_found_again_in_the_pieces() -> None:
    draw = random.Random(5)
    for _ in range(50):
        old, new = (" ".join(draw.choices("abcd", k=draw.randrange(12))) for _ in range(2))
        pieces = words(old, new)
        assert " ".join(one.text for one in pieces if one.kind != "new") == old
        assert " ".join(one.text for one in pieces if one.kind != "gone") == new


def test_two_versions_are_compared_by_article(publish: Publish) -> None:
    first = publish(left_out={"prompts": "Plus tard."}).content
    second = publish(relecteurs="la gérante", left_out={"documents": "Inutile."}).content
    found = {one.title: one.kind for one in compare(first, second)}
    assert found["Prompts types"] == "new"
    assert found["Pièces jointes et copies"] == "gone"
    assert found["Vérification des réponses"] == "same"
    assert "Sécurité" not in found
    assert compare(first, first) == ()
