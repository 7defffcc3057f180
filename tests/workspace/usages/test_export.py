from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from egide.workspace.usages import services
from egide.workspace.usages.export import TITLES, csv_lines, workbook
from egide.workspace.usages.models import Usage
from egide.workspace.usages.shown import shown

HOSTILE = ("=1+1", "+33", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', 'a;b\n"c"')


@pytest.fixture
def usages(db: None, told: dict[str, Any]) -> list[str]:
    for number, text in enumerate(HOSTILE):
        services.add(f"Usage {number}", text, answers=told | {"control": f"\x07{text}"})
    Usage.objects.filter(name="Usage 0").update(review_on=date(2099, 3, 1))
    return list(HOSTILE)


def test_no_cell_of_the_csv_is_a_formula(usages: list[str]) -> None:
    text = "".join(csv_lines(shown(Usage.objects.all())))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert tuple(rows[0]) == TITLES
    assert len(rows) == len(HOSTILE) + 1
    for cell in (cell for row in rows[1:] for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert rows[1][TITLES.index("À revoir le")] == "01/03/2099"


def test_no_cell_of_the_workbook_is_a_formula(usages: list[str]) -> None:
    sheet = load_workbook(io.BytesIO(workbook(shown(Usage.objects.all())))).active
    assert [cell.value for cell in sheet[1]] == list(TITLES)
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "d"}
    assert [row[3].value for row in sheet.iter_rows(min_row=2)][:3] == ["=1+1", "+33", "-2"]
    assert sheet.cell(2, TITLES.index("À revoir le") + 1).is_date
