from __future__ import annotations

import pytest

from egide.workspace.assistant.title import LONGEST, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n  Relance   du client Petit\nune deuxième ligne plus longue", "Relance du client Petit"),
        ("Bonjour,\n\nPeux-tu relancer Mme Petit ?", "Peux-tu relancer Mme Petit ?"),
        ("Bonjour,\nMerci", "Bonjour,"),
        ("", "Conversation sans titre"),
        (" \n\t", "Conversation sans titre"),
        ("mot " * 40, "mot mot mot mot mot mot mot mot mot mot mot mot mot mot…"),
    ],
)
def test_the_title_is_the_beginning_of_the_first_line(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title_of(text)) <= LONGEST


def test_a_word_without_end_is_cut() -> None:
    assert title_of("x" * 500) == "x" * (LONGEST - 1) + "…"
