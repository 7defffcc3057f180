from __future__ import annotations

import io
import zipfile

import pytest
from tests.documents.files import docx, odt, pdf, xlsx

from egide.documents import FileRefusal, Limits, Sandbox
from egide.errors import WorkspaceError
from egide.workspace.knowledge import readers
from egide.workspace.knowledge.readers import _reader, endings, table_of, text_of

ROWS = [["Raison sociale", "Ville"], ["Menuiserie Talbourdet", "Cholet"], ["L'Étoile, du Nord", "Rezé"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_encoding_and_the_separator_of_a_csv_are_found(encoding: str, separator: str) -> None:
    data = "\r\n".join(separator.join(row) for row in ROWS).encode(encoding)
    assert table_of("clients.csv", data).rows == ROWS


def test_what_was_found_is_told() -> None:
    data = "Nom,Ville\nTalbourdet,Rezé\n".encode("cp1252")
    assert table_of("a.CSV", data).described == "CSV, encodage Windows (cp1252), séparateur : virgule"
    assert table_of("a.csv", b"Talbourdet\nKervadec\n").described.endswith("une seule colonne")


def test_quoted_cells_and_empty_rows() -> None:
    data = b'"Talbourdet; fils";Cholet\n\n;\n"Deux\nlignes";Nantes\n'
    assert table_of("a.csv", data).rows == [["Talbourdet; fils", "Cholet"], ["Deux\nlignes", "Nantes"]]


def test_the_first_sheet_that_holds_something_is_read() -> None:
    table = table_of("clients.xlsx", xlsx(*ROWS, [12, None], empty_first=True))
    assert table.rows == [*ROWS, ["12", ""]]
    assert table.described == "Excel, feuille 2"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("note.txt", "Réunion secrète".encode("cp1252"), ["Réunion secrète"]),
        ("note.md", "# Réunion".encode(), ["# Réunion"]),
        ("note.csv", b"a;b\n", ["a;b"]),
        ("note.xlsx", xlsx(["a", 1], ["b"]), ["| a | 1 |", "| b |"]),
        ("note.odt", odt("Rapport"), ["Rapport"]),
        ("note.docx", docx("Premier", cell="Case", header="Entête"), ["Premier", "Case", "Entête"]),
        ("note.pdf", pdf("Le rachat est prevu"), ["Le rachat est prevu"]),
    ],
)
def test_the_text_of_every_format_is_read(name: str, data: bytes, said: list[str]) -> None:
    text = text_of(name, data)
    assert all(part in text for part in said)


def test_a_tab_of_a_word_document_parts_two_words() -> None:
    assert "un deux" in text_of("a.docx", docx("un\tdeux"))


@pytest.mark.parametrize("name", ["note.doc", "note", "note.exe", "photo.png"])
def test_any_other_format_is_refused(name: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6201"):
        text_of(name, b"x")


def test_only_spreadsheets_are_lists() -> None:
    with pytest.raises(WorkspaceError, match="EG-6201"):
        table_of("clients.docx", docx("Talbourdet"))
    assert endings(tables=True) == (".csv", ".xlsx")


@pytest.mark.parametrize("name", [f"note{ending}" for ending in endings(tables=False)])
def test_a_damaged_file_is_refused(name: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6202") as refused:
        text_of(name, b"PK\x03\x04 Talbourdet \0\0\0")
    assert "Talbourdet" not in str(refused.value)


def test_a_file_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egide.workspace.knowledge.readers.MOST_BYTES", 10)
    with pytest.raises(WorkspaceError, match="EG-6203"):
        text_of("note.txt", b"x" * 11)


def test_a_file_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_reader, "_MOST_UNPACKED", 1000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 5000)
    with pytest.raises(WorkspaceError, match="EG-6203"):
        table_of("clients.xlsx", bomb.getvalue())
    monkeypatch.setattr(readers, "_sandbox", Sandbox(Limits(unpacked=1000)))
    with pytest.raises(WorkspaceError, match="EG-6203"):
        text_of("note.docx", docx("Talbourdet"))


def test_a_scanned_document_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def scanned(*files: object) -> None:
        raise FileRefusal("scan", 0)

    monkeypatch.setattr(readers._sandbox, "read", scanned)
    with pytest.raises(WorkspaceError, match="EG-6209"):
        text_of("note.pdf", pdf("x"))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_reader, "MOST_ENTRIES", 2)
    with pytest.raises(WorkspaceError, match="EG-6204"):
        table_of("a.csv", b"a\nb\nc\nd\n")
