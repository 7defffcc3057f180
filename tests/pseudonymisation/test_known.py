from __future__ import annotations

import pytest

from egide.pseudonymisation.known import Index, Known

VALUES = {"7K4Q2M": Known("PERSON", "Jean Dupont"), "9QXK2B": Known("PHONE", "06")}


@pytest.fixture
def index() -> Index:
    return Index(dict(VALUES)).refreshed()


@pytest.mark.parametrize(
    "text",
    ["Bonjour [PERSONNE_7K", "voir <tele", "chez 9Q", "M. PERSONNE", "a &l", "b \\", "[NOM DE", "person"],
)
def test_what_may_still_become_a_placeholder_has_begun(index: Index, text: str) -> None:
    last = text.rindex(" ") + 1 if " " in text else 0
    assert index.begun(text, 0) <= last


@pytest.mark.parametrize(
    "text",
    [
        "il a perdu",
        "en 2026",
        "nom",
        "mail",
        "[voir",
        "(personnel",
        "[PERSONNE_8",
        "PERSONNE_7J",
        "R&D",
        "x < y",
        "6 8",
    ],
)
def test_what_can_no_longer_become_one_has_not(index: Index, text: str) -> None:
    assert index.begun(text, 0) == len(text)


def test_a_value_learnt_later_is_taken_in(index: Index) -> None:
    known = dict(VALUES)
    index = Index(known).refreshed()
    assert index.begun("[IBAN_8", 0) == 7
    known["8ABCDE"] = Known("IBAN", "FR76")
    assert index.refreshed().begun("[IBAN_8", 0) == 0


def test_a_value_is_never_shown() -> None:
    assert "Dupont" not in repr(VALUES)
