from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from tests.documents.files import xlsx
from tests.documents.formats.reading import read, refusal

from egide.documents.formats._numbers import shown


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_every_sheet_hidden_ones_too() -> None:
    book = Workbook()
    book.active.append(["Nom", "Ville"])  # type: ignore[union-attr]
    book.active.append(["Garrigou", "Rezé"])  # type: ignore[union-attr]
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet.append([f"Talbourdet {state}"])
        sheet.sheet_state = state
    reading = read(saved(book))
    assert reading.described == "Excel, 3 feuilles"
    assert "| Nom | Ville |\n| Garrigou | Rezé |" in reading.text
    assert "Feuille « hidden » (masquée) :\n| Talbourdet hidden |" in reading.text
    assert "| Talbourdet veryHidden |" in reading.text


def test_hidden_rows_comments_headers_and_formulas() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Visible"])
    sheet.append(["Cachée"])
    sheet.row_dimensions[2].hidden = True
    sheet["A1"].comment = Comment("Vu avec Solenne", "Garrigou")
    sheet["B1"] = '="Talbourdet "&A1'
    sheet.oddHeader.center.text = "Entête"
    text = read(saved(book)).text
    for said in ("Cachée", "Vu avec Solenne", "Garrigou", "Talbourdet", "Entête"):
        assert said in text


def test_dates_and_identifiers_are_read_as_they_are_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = date(1985, 5, 14), 639984127
    sheet["B1"].number_format = '0#" "##" "##" "##" "##'
    assert "| 14/05/1985 | 06 39 98 41 27 |" in read(saved(book)).text


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (None, "", ""),
        (True, "General", "VRAI"),
        (12.0, "General", "12"),
        (12.5, "0.00", "12.5"),
        (1200, "#,##0.00", "1200"),
        (7, "00000", "00007"),
        (-7, "00000", "-7"),
        (285035935009783, '0" "00" "00" "00" "000" "000" | "00', "2 85 03 59 350 097 | 83"),
        (datetime(2026, 11, 24, 9, 30), "General", "24/11/2026 09:30"),
        ("texte", "@", "texte"),
    ],
)
def test_cells(value: object, form: str, said: str) -> None:
    assert shown(value, form) == said


def test_a_stray_cell_in_the_last_row_does_not_take_all_the_time() -> None:
    book = Workbook()
    book.active["A1048576"] = "loin"  # type: ignore[index]
    assert refusal(saved(book), cells=1000) == "cells"


def test_a_damaged_workbook_is_refused() -> None:
    assert refusal(xlsx(["a"])[:-200]) == "damaged"
