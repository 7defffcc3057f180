"""PDF: text of every page, comments, fields of forms, attached files; a scanned page goes to OCR."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from egide.documents.context import Context
from egide.documents.readings import Reading, counted
from egide.documents.refusals import Refusal

_NOTES: Final = (b"T", b"Contents", b"V")
_LONGEST_NOTE: Final = 100_000
# Letters whose character nobody can tell, in hundredths of a page: beyond, the page says something else
# than what its text layer holds, and no rule could recognise it.
_MOST_UNKNOWN: Final = 5
_DRAWN: Final = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(problem)
        raise Refusal("encrypted" if locked else "damaged") from None
    with closing(document):
        if len(document) > context.limits.pages:
            raise Refusal("pages")
        document.init_forms()
        pages = [_Page(document, number, context) for number in range(len(document))]
        text = [f"Page {page.number + 1} :\n{page.text}\n" for page in pages if page.text]
        text += [line for page in pages for line in page.notes]
        text += _attached(document, context)
        pictures = sum(page.pictures for page in pages)
        told = (counted(pictures, "image", "images"),) if pictures else ()
        described = f"PDF, {counted(len(pages), 'page', 'pages')}"
        return Reading(kind, described, "\n".join(text).strip(), told)


class _Page:
    """One page, read."""

    def __init__(self, document: pypdfium2.PdfDocument, number: int, context: Context) -> None:
        self.number, self.pictures = number, 0
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise Refusal("damaged") from None
        with closing(page):
            kinds = [found.type for found in page.get_objects()]
            self.text, readable = _text(page)
            self.notes = list(_notes(page))
            if not readable or (not self.text and any(kind in _DRAWN for kind in kinds)):
                self.text = _scanned(page, context, readable)
            else:
                self.pictures = kinds.count(pdfium.FPDF_PAGEOBJ_IMAGE)


def _text(page: Any) -> tuple[str, bool]:
    """The text layer, and whether its letters are known characters."""
    with closing(page.get_textpage()) as layer:
        count = layer.count_chars()
        unknown = sum(pdfium.FPDFText_HasUnicodeMapError(layer.raw, place) == 1 for place in range(count))
        text = layer.get_text_range() if count > 0 else ""
    unknown += sum("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in text)
    # A hyphen at the end of a line, as the library tells it.
    text = text.replace("\r\n", "\n").replace("\ufffe", "-\n")
    return text.strip(), 100 * unknown <= _MOST_UNKNOWN * max(count, 1)


def _scanned(page: Any, context: Context, readable: bool) -> str:
    try:
        engine = context.engine()
    except Refusal as refusal:
        raise (
            Refusal("scan" if readable else "unreadable") if refusal.reason == "no-ocr" else refusal
        ) from None
    width, height = page.get_size()
    scale = min(context.limits.side / max(width, height, 1), 4)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    return "\n".join(line.text for line in engine.read(picture))


def _notes(page: Any) -> Iterator[str]:
    """Comments with their author, and what fields of a form hold."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if not note:
            continue
        said = [text for key in _NOTES if (text := _string(note, key))]
        pdfium.FPDFPage_CloseAnnot(note)
        if said:
            yield f"Annotation : {' : '.join(said)}"


def _string(note: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < 2 * _LONGEST_NOTE:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _attached(document: pypdfium2.PdfDocument, context: Context) -> Iterator[str]:
    """Files inside the PDF, such as the data of an electronic invoice (Factur-X)."""
    for number in range(document.count_attachments()):
        try:
            data = bytes(document.get_attachment(number).get_data())
        except pypdfium2.PdfiumError:
            raise Refusal("embedded") from None
        reading = context.read(data)
        text = "\n".join(line.text for line in reading.lines) if reading.is_picture else reading.text
        yield f"Fichier joint au PDF ({reading.described}) :\n{text}"
