from __future__ import annotations

import io

import pytest
from docx import Document
from tests.documents.files import docx, package, pdf, with_parts, xlsx
from tests.documents.formats.reading import read, refusal

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def saved(document: object) -> bytes:
    written = io.BytesIO()
    document.save(written)  # type: ignore[attr-defined]
    return written.getvalue()


def paragraph(xml: str) -> bytes:
    """A document whose only paragraph is this."""
    body = f"<w:document {_W}><w:body><w:p>{xml}</w:p></w:body></w:document>"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_WML}document.main+xml"/></Types>'
    )
    return package({"[Content_Types].xml": types, "word/document.xml": body})


def test_body_tables_headers_and_footers() -> None:
    document = Document()
    document.add_paragraph("Premier")
    table = document.add_table(2, 2)
    for number, text in enumerate(("Nom", "Téléphone", "Garrigou", "06 39 98 41 27")):
        table.cell(number // 2, number % 2).text = text
    document.sections[0].header.paragraphs[0].text = "Entête"
    document.sections[0].footer.paragraphs[0].text = "Bas"
    reading = read(saved(document))
    assert reading.described == "Word"
    assert reading.text.splitlines()[:3] == [
        "Premier",
        "| Nom | Téléphone |",
        "| Garrigou | 06 39 98 41 27 |",
    ]
    assert "Entête" in reading.text
    assert "Bas" in reading.text


def test_comments_with_their_author_and_notes() -> None:
    document = Document()
    document.add_comment(document.add_paragraph("Texte").runs, text="À vérifier", author="Solenne Garrigou")
    said = "<w:p><w:r><w:t>Voir Me Talbourdet</w:t></w:r></w:p>"
    note = f"<w:footnotes {_W}><w:footnote>{said}</w:footnote></w:footnotes>"
    name = "word/footnotes.xml"
    text = read(with_parts(saved(document), {name: note}, {name: f"{_WML}footnotes+xml"})).text
    assert "Commentaire de Solenne Garrigou :\nÀ vérifier" in text
    assert "Notes :\nVoir Me Talbourdet" in text


def test_what_tracked_changes_removed_is_read_whole() -> None:
    changed = (
        "<w:r><w:t>Signé par Garri</w:t></w:r><w:del><w:r><w:delText>gou</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>er</w:t></w:r></w:ins>"
    )
    text = read(paragraph(changed)).text
    assert text.splitlines()[0] == "Signé par Garrier"
    assert "Texte avant les modifications suivies :\nSigné par Garrigou" in text


def test_a_text_box_is_read_once_and_does_not_cut_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawing = f'<mc:AlternateContent xmlns:mc="{mc}">{both}</mc:AlternateContent>'
    text = read(
        paragraph(f"<w:r><w:t>Solenne Gar</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t>rigou</w:t></w:r>")
    ).text
    assert text.splitlines() == ["Encadré", "Solenne Garrigou"]


def test_macros_and_pictures_are_told_and_not_read() -> None:
    parts: dict[str, str | bytes] = {"word/vbaProject.bin": b"\xd0\xcf", "word/media/a.png": b"x"}
    types = {"word/vbaProject.bin": "application/vnd.ms-office.vbaProject", "word/media/a.png": "image/png"}
    assert read(with_parts(docx("Texte"), parts, types)).unread == ("1 image", "des macros")


def test_an_embedded_workbook_is_read_and_another_object_refused() -> None:
    sheet = {"word/embeddings/a.xlsx": xlsx(["Talbourdet"])}
    types = {"word/embeddings/a.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert "Talbourdet" in read(with_parts(docx("Texte"), dict(sheet), types)).text
    ole: dict[str, str | bytes] = {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}
    types = {"word/embeddings/oleObject1.bin": "application/vnd.openxmlformats-officedocument.oleObject"}
    assert refusal(with_parts(docx("Texte"), ole, types)) == "embedded"


def test_documents_in_documents_end_somewhere() -> None:
    inner = docx("Fond")
    for _ in range(5):
        parts: dict[str, str | bytes] = {"word/embeddings/a.docx": inner}
        inner = with_parts(docx("Niveau"), parts, {"word/embeddings/a.docx": f"{_WML}document"})
    assert refusal(inner) == "depth"


@pytest.mark.parametrize("inserted", [b"<html><body><p>Talbourdet</p></body></html>", pdf("Talbourdet")])
def test_a_document_inserted_on_opening_is_read(inserted: bytes) -> None:
    parts: dict[str, str | bytes] = {"word/afchunk1.dat": inserted}
    assert "Talbourdet" in read(with_parts(docx("Texte"), parts, {"word/afchunk1.dat": "text/html"})).text
