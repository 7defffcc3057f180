from __future__ import annotations

import pytest

from egide.detection.recognisers._tables import cells
from egide.detection.view import View


def read(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for kind, start, end in cells(View(text))]


def test_columns_take_the_kind_of_their_heading() -> None:
    text = "nom;poste;salaire\nSzymanski;commercial;3120\nÜnal;assistante;1950"
    assert read(text) == [("PERSON", "Szymanski"), ("AMOUNT", "3120"), ("PERSON", "Ünal"), ("AMOUNT", "1950")]


def test_a_markdown_table_is_read_below_its_rule() -> None:
    assert ("PERSON", "Petit Laure") in read("| Salarié | Brut |\n|---|---|\n| Petit Laure | 2 300 |")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Nom : Baptistin", ("PERSON", "Baptistin")),
        ('{"prenom": "Apolline", "age": 4}', ("PERSON", "Apolline")),
        ("Date de naissance : 03/05/1961", ("DATE_OF_BIRTH", "03/05/1961")),
        ("Raison sociale : Mercatel", ("ORGANISATION", "Mercatel")),
    ],
)
def test_a_field_gives_its_value(text: str, cell: tuple[str, str]) -> None:
    assert cell in read(text)


def test_prose_has_no_cell() -> None:
    assert read("Bonjour, le dossier avance bien, merci à tous.") == []
