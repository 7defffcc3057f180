"""Excel workbooks: the first sheet that holds something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from django.utils.translation import gettext
from openpyxl import load_workbook

from egide.workspace.knowledge.readers._reader import Reader, Table, tidy, unpackable


def _sheets(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    with closing(load_workbook(unpackable(data), read_only=True, data_only=True)) as book:
        for sheet in book.worksheets:
            yield sheet.title, tidy(sheet.iter_rows(values_only=True))


def _table(data: bytes) -> Table:
    for number, (_, rows) in enumerate(_sheets(data), 1):
        if rows:
            return Table(rows, gettext("Excel, feuille %(number)s") % {"number": number})
    return Table([], "Excel")


READER = Reader((".xlsx",), _table)
