"""What a file is, by its first bytes and by what a package declares: never by the name it was given."""

from __future__ import annotations

import re
from typing import Final

from egide.documents.context import Context
from egide.documents.encoding import decoded
from egide.documents.package import Package
from egide.documents.refusals import Refusal

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")
_PICTURES: Final = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)
_PDF_WITHIN: Final = 1024  # bytes: where readers of PDF look for its mark
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)+\n")
_LONGEST_HEADER: Final = 65_536
_CARRIED = re.compile(r"^(?:MIME-Version|Received|Message-ID):", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(r"^(?:From|Subject|Return-Path):", re.IGNORECASE | re.MULTILINE)
_MAIN: Final = (
    ("word", "docx"),
    ("spreadsheet", "xlsx"),
    ("ms-excel", "xlsx"),
    ("presentation", "pptx"),
    ("ms-powerpoint", "pptx"),
)


def kind_of(data: bytes, context: Context) -> str:
    """A key of ``KINDS``. Raises Refusal."""
    for name, mark in _PICTURES:
        if mark.match(data):
            return name
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _of_package(Package(data, context))
    if data.startswith(_OLD_OFFICE):
        raise Refusal("encrypted" if _ENCRYPTED_OFFICE in data else "old-office")
    if data.startswith((b"{\\rtf", b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise Refusal("unknown")
    return _of_text(data)


def _of_package(package: Package) -> str:
    if "mimetype" in package.names:
        mime = package.read("mimetype").decode("ascii", "replace").strip()
        kinds = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
        word = mime.removeprefix("application/vnd.oasis.opendocument.").removesuffix("-template")
        if word in kinds:
            return kinds[word]
    for declared in package.types.values():
        for mark, kind in _MAIN:
            if declared.endswith("main+xml") and mark in declared:
                return kind
    raise Refusal("unknown")


def _of_text(data: bytes) -> str:
    try:
        text, _ = decoded(data)
    except ValueError:
        raise Refusal("unknown") from None
    if sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 27)):
        raise Refusal("unknown")
    if _HTML.match(text[:_LONGEST_HEADER]):
        return "html"
    head = _HEADER.match(text[:_LONGEST_HEADER].replace("\r\n", "\n"))
    if head and _CARRIED.search(head[0]) and _SENT.search(head[0]):
        return "eml"
    return "text"
