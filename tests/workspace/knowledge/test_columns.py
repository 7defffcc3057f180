from __future__ import annotations

import pytest

from egide.workspace.knowledge.columns import Layout, Role, guess, phrases


@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        ([["Code", "Raison sociale"], ["C1", "Talbourdet"]], Layout(True, (Role.IGNORED, Role.NAME))),
        ([["NOM", "Prénom"], ["Garrigou", "Solenne"]], Layout(True, (Role.SURNAME, Role.GIVEN))),
        ([["Nom", "Ville"], ["Talbourdet", "Cholet"]], Layout(True, (Role.NAME, Role.IGNORED))),
        ([["12", "Talbourdet"], ["13", "Kervadec"]], Layout(False, (Role.IGNORED, Role.NAME))),
        ([["a@b.fr", "Talbourdet"], ["c@d.fr"]], Layout(False, (Role.IGNORED, Role.NAME))),
        ([], Layout(False, ())),
    ],
)
def test_the_layout_is_guessed(rows: list[list[str]], layout: Layout) -> None:
    assert guess(rows) == layout


def _words(row: list[str], roles: tuple[Role, ...], kind: str) -> list[str]:
    return [" ".join(phrase.words) for phrase in phrases(row, roles, kind)]


def test_a_surname_alone_is_sought_for_the_staff_only() -> None:
    roles = (Role.SURNAME, Role.GIVEN)
    assert "garrigou" in _words(["Garrigou", "Solenne"], roles, "staff")
    assert "garrigou" not in _words(["Garrigou", "Solenne"], roles, "client")
    assert _words(["Garrigou", ""], roles, "client") == ["garrigou"]


def test_several_columns_may_hold_names_and_a_short_row_tells_less() -> None:
    roles = (Role.NAME, Role.IGNORED, Role.NAME)
    assert _words(["Talbourdet", "x", "Kervadec"], roles, "client") == ["talbourdet", "kervadec"]
    assert _words(["Talbourdet"], roles, "client") == ["talbourdet"]


def test_a_full_name_of_the_staff_is_a_person() -> None:
    assert "garrigou" in _words(["Solenne GARRIGOU"], (Role.NAME,), "staff")
