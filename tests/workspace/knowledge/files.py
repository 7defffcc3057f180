"""Files of every format, as a pilot's computer writes them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from openpyxl import Workbook


def xlsx(*rows: Sequence[object], empty_first: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if empty_first:
        sheet = book.create_sheet("Données")
    for row in rows:
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def docx(*paragraphs: str, cell: str = "", header: str = "") -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cell:
        document.add_table(1, 1).cell(0, 0).text = cell
    if header:
        document.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf(text: str) -> bytes:
    """One page that says ``text``, in plain letters."""
    page = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1")
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\n"
    return written + b"startxref\n%d\n%%%%EOF" % start
