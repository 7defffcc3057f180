"""Files of every format, as people's computers write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from xml.sax.saxutils import escape

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
    return pdf_of(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET")


def pdf_of(
    drawn: str, page: str = "", font: str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
) -> bytes:
    """One page with these drawing orders; ``page`` is more of its dictionary."""
    orders = drawn.encode("cp1252")
    resources = "/Resources<</Font<</F1 5 0 R>>>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000 800]/Contents 4 0 R{resources}{page}>>".encode(
            "cp1252"
        ),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(orders), orders),
        font.encode(),
        b"<</Length 0>>\nstream\n\nendstream",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer<</Size 7/Root 1 0 R>>\n"
    return written + b"startxref\n%d\n%%%%EOF" % start


def package(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def with_parts(data: bytes, parts: dict[str, str | bytes], types: dict[str, str]) -> bytes:
    """An Office file to which parts are added, with their declared types."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    declared = "".join(f'<Override PartName="/{name}" ContentType="{one}"/>' for name, one in types.items())
    listed = bytes(kept["[Content_Types].xml"])  # type: ignore[arg-type]
    kept["[Content_Types].xml"] = listed.replace(b"</Types>", f"{declared}</Types>".encode())
    return package({**kept, **parts})


_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_SLIDES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PML = "application/vnd.openxmlformats-officedocument.presentationml."


def drawn(text: str) -> str:
    """A slide, or its notes: one paragraph."""
    said = f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>"
    return f"<p:sld {_SLIDES} {_DRAWING}><p:sp><p:txBody>{said}</p:txBody></p:sp></p:sld>"


def pptx(*slides: str, notes: str = "", comment: str = "", order: Sequence[int] = ()) -> bytes:
    """A presentation, as PowerPoint writes it but for its looks; ``order``: numbers of slides as shown."""
    types = {"ppt/presentation.xml": f"{_PML}presentation.main+xml"}
    parts: dict[str, str | bytes] = {"ppt/presentation.xml": f"<p:presentation {_SLIDES}/>"}
    for number, text in enumerate(slides, 1):
        types[f"ppt/slides/slide{number}.xml"] = f"{_PML}slide+xml"
        parts[f"ppt/slides/slide{number}.xml"] = drawn(text)
    if order:
        listed = "".join(f'<p:sldId r:id="r{number}"/>' for number in order)
        parts["ppt/presentation.xml"] = (
            f"<p:presentation {_SLIDES} {_LINKS}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
        )
        links = "".join(f'<R Id="r{number}" Target="slides/slide{number}.xml"/>' for number in order)
        parts["ppt/_rels/presentation.xml.rels"] = f"<Rs>{links}</Rs>"
    if notes:
        types["ppt/notesSlides/notesSlide1.xml"] = f"{_PML}notesSlide+xml"
        parts["ppt/notesSlides/notesSlide1.xml"] = drawn(notes)
    if comment:
        types["ppt/comments/comment1.xml"] = f"{_PML}comments+xml"
        parts["ppt/comments/comment1.xml"] = (
            f"<p:cmLst {_SLIDES}><p:cm><p:text>{escape(comment)}</p:text></p:cm></p:cmLst>"
        )
    declared = "".join(f'<Override PartName="/{name}" ContentType="{one}"/>' for name, one in types.items())
    head = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{declared}</Types>'
    return package({"[Content_Types].xml": head, **parts})


_ODF_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style")
)


def odt(text: str, body: str = "", header: str = "", kind: str = "text") -> bytes:
    """An OpenDocument text; ``body`` is more of its content, as XML."""
    said = f"<text:p>{escape(text)}</text:p>{body}"
    content = (
        f"<office:document-content {_ODF_NAMES}><office:body>{said}</office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {_ODF_NAMES}><style:header><text:p>{escape(header)}</text:p></style:header>"
        "</office:document-styles>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return package(
        {"mimetype": mime, "content.xml": content, "styles.xml": styles, "META-INF/manifest.xml": "<m/>"}
    )


def eml(text: str, *attached: tuple[str, str, bytes], subject: str = "Essai", html: str = "") -> bytes:
    """A mail; each attachment is (name, media type, content)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@exemple.org", "b@exemple.org", subject
    message["Message-ID"] = "<1@exemple.org>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, media, content in attached:
        main, _, sub = media.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()
