from __future__ import annotations

import io

import pypdfium2
import pytest
from tests.documents.files import pdf, pdf_of
from tests.documents.formats.reading import read, refusal


def test_pages_and_their_text() -> None:
    reading = read(pdf("Mme Garrigou"), "application/pdf", ".pdf")
    assert reading.described == "PDF, 1 page"
    assert reading.text == "Page 1 :\nMme Garrigou"


def test_a_word_cut_at_the_end_of_a_line_keeps_its_hyphen() -> None:
    drawn = "BT /F1 12 Tf 50 700 Td (Mme Solenne Garri-) Tj 0 -14 Td (gou et fils) Tj ET"
    assert read(pdf_of(drawn)).text == "Page 1 :\nMme Solenne Garri-\ngou et fils"


def test_comments_and_fields_of_forms() -> None:
    note = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(Solenne)/Contents(Revoir Garrigou)>>"
    field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(nom)/V(Talbourdet)/Rect[0 0 9 9]>>"
    text = read(pdf_of("BT /F1 12 Tf 50 700 Td (Page) Tj ET", f"/Annots[{note}{field}]")).text
    assert "Solenne : Revoir Garrigou" in text
    assert "Talbourdet" in text


def test_attached_files_are_read_or_refused() -> None:
    document = pypdfium2.PdfDocument(pdf("Facture"))
    document.new_attachment("factur-x.xml").set_data(b"<Invoice><Name>Talbourdet</Name></Invoice>")
    assert "Talbourdet" in read(saved(document)).text
    document.new_attachment("outil.exe").set_data(b"MZ\x00\x01")
    assert refusal(saved(document)) == "unknown"


def saved(document: pypdfium2.PdfDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "drawn", ["0 0 m 100 100 l S", "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"]
)
def test_a_page_that_shows_something_without_text_is_refused(drawn: str) -> None:
    assert refusal(pdf_of(drawn)) == "scan"


def test_an_empty_page_is_no_scan() -> None:
    assert read(pdf_of("")).text == ""


def test_letters_that_are_no_known_character_are_not_taken_for_text() -> None:
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</g1 6 0 R>>"
        "/Encoding<</Type/Encoding/Differences[65/g1]>>/FirstChar 65/LastChar 65/Widths[9]>>"
    )
    assert refusal(pdf_of("BT /F1 12 Tf 50 700 Td (AAAAAAAA) Tj ET", font=font)) == "unreadable"


def test_too_many_pages_are_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(100, 100)
    assert refusal(saved(document), pages=2) == "pages"


def test_an_encrypted_file_is_refused() -> None:
    locked = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/O({'a' * 32})/U({'b' * 32})/P -4>>/ID[({'c' * 16})({'c' * 16})]"
    )
    assert refusal(pdf("x").replace(b"trailer<<", f"trailer<<{locked}".encode())) == "encrypted"


@pytest.mark.usefixtures("ocr")
def test_a_scanned_page_is_read_by_ocr() -> None:
    from tests.documents.drawing import drawn
    from tests.documents.drawing import saved as file_of

    assert "Garrigou" in read(file_of(drawn("Mme Solenne Garrigou"), "PDF")).text
