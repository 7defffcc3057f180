from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from egide.journal import Entry, MemoryJournal, Record, Selection, chain, export_csv
from egide.journal.spreadsheet import TITLES

PARIS = ZoneInfo("Europe/Paris")


def _rows(text: str) -> list[dict[str, str]]:
    head, *rows = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";")
    assert tuple(head) == TITLES
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_table_opens_in_a_french_spreadsheet(journal: MemoryJournal) -> None:
    text = "".join(export_csv(journal.read(), PARIS))
    assert text.startswith("\ufeffécrivain;numéro;")
    rows = _rows(text)
    assert len(rows) == 10
    told, closed = rows[0], rows[1]
    assert (told["écrivain"], told["numéro"], told["nature"]) == ("gateway-1", "1", "opened")
    assert (told["personne"], told["fournisseur"], told["types"]) == ("7", "mistral", "PERSON=2")
    assert told["date"] == "24/11/2026 10:30:00", "the time of Paris, as a French spreadsheet reads it"
    assert told["date UTC"] == "2026-11-24T09:30:00+00:00"
    assert closed["jetons reçus"] == "120"
    assert json.loads(closed["autres détails"]) == {"upstream_ms": 812.5}


def test_attachments_have_their_own_column(now: datetime) -> None:
    told = {"attachments": {"pdf": 1, "docx": 2}, "labels": {"PERSON": 1}}
    (row,) = _rows(
        "".join(export_csv(chain(None, "w", [Entry("opened", "x", now.isoformat(), told)]), PARIS))
    )
    assert (row["types"], row["pièces jointes"], row["autres détails"]) == ("PERSON=1", "pdf=1 docx=2", "")


def test_a_number_has_a_comma(now: datetime) -> None:
    records = chain(None, "w", [Entry("refused", "x", now.isoformat(), {"duration_ms": 12.5})])
    assert _rows("".join(export_csv(records, PARIS)))[0]["durée (ms)"] == "12,5"


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+33",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =cmd|' /C calc'!A0",
        '=HYPERLINK("http://x")',
        "|x",
        "＝1",
    ],
)
@pytest.mark.parametrize("place", ["model", "exchange", "writer", "labels", "attachments", "odd"])
def test_no_cell_is_a_formula(formula: str, place: str, journal: MemoryJournal) -> None:
    """Records that went around the guard: the file is opened by a person all the same."""
    first = next(journal.read())
    entry = first.entry
    hostile: Record = {
        "model": replace(first, entry=replace(entry, details={**entry.details, "model": formula})),
        "exchange": replace(first, entry=replace(entry, exchange=formula)),
        "writer": replace(first, writer=formula),
        "labels": replace(first, entry=replace(entry, details={"labels": {formula: 1}})),
        "attachments": replace(first, entry=replace(entry, details={"attachments": {formula: 1}})),
        "odd": replace(first, entry=replace(entry, details={formula: 1})),
    }[place]
    line = "".join(export_csv([hostile], PARIS)).split("\r\n", 1)[1]
    cells = next(csv.reader([line], delimiter=";"))
    assert any(formula.strip()[:4] in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|"))]


def test_a_part_says_so_in_its_last_line(journal: MemoryJournal) -> None:
    rows = _rows("".join(export_csv(journal.read(), PARIS, Selection(person="7"))))
    assert rows[-1]["écrivain"] == "Extrait du journal, limité à : person : 7"
    assert {row["nature"] for row in rows[:-1]} == {"opened", "closed"}
    assert len(_rows("".join(export_csv(journal.read(), PARIS, Selection(person="8"))))) == 1
