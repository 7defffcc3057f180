"""Files that carry a planted text: one of each kind, in each place where people write in them."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from egide.documents import KINDS

Write = Callable[[str], bytes]
_SPACES: Final = " ".join(
    f'xmlns:{short}="{address}"'
    for short, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        **{
            name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
            for name in ("office", "text", "table", "style")
        },
    }.items()
)
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_OOXML: Final = "application/vnd.openxmlformats-officedocument"


def carriers(*, whole: bool) -> Iterator[tuple[str, Callable[[str], tuple[str, str, str]]]]:
    """(kind and place, what makes the Base64, the media type and the name). ``whole`` False: one of them."""
    for (kind, place), write in (_ALL if whole else {_PLAIN: _ALL[_PLAIN]}).items():
        yield f"{kind} : {place}", _file(kind, write)


def _file(kind: str, write: Write) -> Callable[[str], tuple[str, str, str]]:
    one = KINDS[kind]
    # Made once: the same bytes at each request, as a client that sends its history does.
    made = lru_cache(maxsize=4)(lambda text: base64.b64encode(write(text)).decode())
    return lambda text: (made(text), one.media[0], f"document{one.endings[0]}")


def _zip(parts: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def _office(*parts: tuple[str, str, str]) -> bytes:
    """An Office package of (name, end of the type, content)."""
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{_OOXML}.{declared}+xml"/>' for name, declared, _ in parts
    )
    head = {"[Content_Types].xml": f'<Types xmlns="{_TYPES}">{listed}</Types>'}
    return _zip(head | {name: content for name, _, content in parts})


def _word(body: str = "", part: tuple[str, str] | None = None) -> bytes:
    main = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
    parts = [("word/document.xml", "wordprocessingml.document.main", main)]
    if part is not None:
        name, said = part
        content = f"<w:{name} {_SPACES}>{said}</w:{name}>"
        parts.append((f"word/{name}1.xml", f"wordprocessingml.{name}", content))
    return _office(*parts)


def _said(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _deleted(text: str) -> str:
    return f"<w:p><w:del><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del></w:p>"


def _slides(name: str, content: str) -> bytes:
    main = f"<p:presentation {_SPACES}/>"
    return _office(
        ("ppt/presentation.xml", "presentationml.presentation.main", main),
        (f"ppt/{name}1.xml", f"presentationml.{name}", content),
    )


def _slide(text: str) -> str:
    return f"<p:sld {_SPACES}><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></p:sld>"


def _comment(text: str) -> str:
    return f"<p:cmLst {_SPACES}><p:text>{escape(text)}</p:text></p:cmLst>"


def _sheet(text: str, place: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet["A1"] = "Note"
    if place == "cellule":
        sheet["A1"] = text
    elif place == "commentaire":
        sheet["A1"].comment = Comment(text, "Égide")
    elif place == "en-tête":
        sheet.oddHeader.center.text = text
    else:
        hidden = book.create_sheet("Autre")
        hidden["A1"] = text
        hidden.sheet_state = "veryHidden"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _open(body: str, header: str = "") -> bytes:
    content = f"<office:document-content {_SPACES}>{body}</office:document-content>"
    above = f"<style:header>{header}</style:header>"
    styles = f"<office:document-styles {_SPACES}>{above}</office:document-styles>"
    return _zip({"mimetype": KINDS["odt"].media[0], "content.xml": content, "styles.xml": styles})


def _paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"


def _annotated(text: str) -> str:
    return f"<text:p>Note<office:annotation>{_paragraph(text)}</office:annotation></text:p>"


def _mail(body: str, subject: str = "Note", attached: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "egide@exemple.org", " ".join(subject.split())
    message.set_content(body)
    if attached:
        message.add_attachment(attached, maintype="text", subtype="plain", filename="note.txt")
    return message.as_bytes()


def _pdf(drawn: str, page: str = "") -> bytes:
    """One page; letters that Windows' alphabet lacks are left out."""
    orders = f"BT /F1 12 Tf 20 700 Td {drawn} Tj ET".encode("cp1252", "replace")
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    resources = f"/Resources<</Font<</F1{font}>>>>"
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000 800]/Contents 4 0 R{resources}{page}>>".encode(),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(orders), orders),
    )
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R>>\n"
    return written + head + b"startxref\n%d\n%%%%EOF" % len(written)


def _letters(text: str) -> str:
    return f"({text.translate(_ESCAPED)})"


def _note(text: str, kind: str, key: str) -> bytes:
    said = "FEFF" + text.encode("utf-16-be").hex()
    return _pdf("(Page)", f"/Annots[<</Type/Annot/Subtype/{kind}/FT/Tx/Rect[0 0 9 9]/{key}<{said}>>>]")


_ESCAPED: Final = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})
_ALL: Final[dict[tuple[str, str], Write]] = {
    ("pdf", "page"): lambda text: _pdf(_letters(text)),
    ("pdf", "commentaire"): lambda text: _note(text, "Text", "Contents"),
    ("pdf", "champ de formulaire"): lambda text: _note(text, "Widget", "V"),
    ("docx", "paragraphe"): lambda text: _word(_said(text)),
    ("docx", "tableau"): lambda text: _word(f"<w:tbl><w:tr><w:tc>{_said(text)}</w:tc></w:tr></w:tbl>"),
    ("docx", "texte supprimé"): lambda text: _word(_said("Note") + _deleted(text)),
    ("docx", "en-tête"): lambda text: _word(part=("header", _said(text))),
    ("docx", "pied de page"): lambda text: _word(part=("footer", _said(text))),
    ("docx", "note"): lambda text: _word(part=("footnotes", _said(text))),
    ("docx", "commentaire"): lambda text: _word(part=("comments", _said(text))),
    ("xlsx", "cellule"): lambda text: _sheet(text, "cellule"),
    ("xlsx", "feuille masquée"): lambda text: _sheet(text, "feuille masquée"),
    ("xlsx", "commentaire"): lambda text: _sheet(text, "commentaire"),
    ("xlsx", "en-tête"): lambda text: _sheet(text, "en-tête"),
    ("pptx", "diapositive"): lambda text: _slides("slide", _slide(text)),
    ("pptx", "notes"): lambda text: _slides("notesSlide", _slide(text)),
    ("pptx", "commentaire"): lambda text: _slides("comments", _comment(text)),
    ("odt", "paragraphe"): lambda text: _open(_paragraph(text)),
    ("odt", "en-tête"): lambda text: _open(_paragraph("Note"), _paragraph(text)),
    ("odt", "commentaire"): lambda text: _open(_annotated(text)),
    ("eml", "texte"): _mail,
    ("eml", "objet"): lambda text: _mail("Note", text),
    ("eml", "pièce jointe"): lambda text: _mail("Note", attached=text.encode()),
    ("html", "paragraphe"): lambda text: f"<html><body><p>{escape(text)}</p></body></html>".encode(),
    ("csv", "cellule"): lambda text: f'Note;Nombre\n"{text.replace(chr(34), chr(34) * 2)}";1\n'.encode(),
    ("text", "texte"): str.encode,
}
_PLAIN: Final = ("text", "texte")
PLAIN: Final = " : ".join(_PLAIN)
