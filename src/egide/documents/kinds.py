"""The kinds of files that are read, and what a request may announce of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """``reader`` is the module of ``formats`` that reads it. ``family``: kinds that no byte tells apart for
    sure may be announced one for the other."""

    name: str
    french: str
    reader: str
    endings: tuple[str, ...]
    media: tuple[str, ...]
    family: str = ""


_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("pdf", "PDF", "pdf", (".pdf",), ("application/pdf", "application/x-pdf")),
        Kind(
            "docx",
            "Word",
            "docx",
            (".docx", ".docm", ".dotx"),
            (
                f"{_OOXML}wordprocessingml.document",
                f"{_OOXML}wordprocessingml.template",
                "application/vnd.ms-word.document.macroenabled.12",
            ),
        ),
        Kind(
            "xlsx",
            "Excel",
            "xlsx",
            (".xlsx", ".xlsm", ".xltx"),
            (
                f"{_OOXML}spreadsheetml.sheet",
                f"{_OOXML}spreadsheetml.template",
                "application/vnd.ms-excel.sheet.macroenabled.12",
            ),
        ),
        Kind(
            "pptx",
            "PowerPoint",
            "pptx",
            (".pptx", ".pptm", ".ppsx"),
            (
                f"{_OOXML}presentationml.presentation",
                f"{_OOXML}presentationml.slideshow",
                "application/vnd.ms-powerpoint.presentation.macroenabled.12",
            ),
        ),
        Kind("odt", "texte OpenDocument", "odf", (".odt", ".ott"), (f"{_ODF}text", f"{_ODF}text-template")),
        Kind("ods", "tableur OpenDocument", "odf", (".ods",), (f"{_ODF}spreadsheet",)),
        Kind("odp", "présentation OpenDocument", "odf", (".odp",), (f"{_ODF}presentation",)),
        Kind("csv", "CSV", "text", (".csv", ".tsv"), ("text/csv", "text/tab-separated-values"), "text"),
        Kind("eml", "courriel", "eml", (".eml",), ("message/rfc822",), "text"),
        Kind(
            "html",
            "HTML",
            "html",
            (".html", ".htm", ".xhtml"),
            ("text/html", "application/xhtml+xml"),
            "text",
        ),
        Kind(
            "text",
            "texte",
            "text",
            (".txt", ".md", ".json", ".xml", ".log", ".yaml", ".yml", ".ics"),
            ("text/plain", "application/json", "application/xml"),
            "text",
        ),
        Kind("png", "image PNG", "picture", (".png",), ("image/png",)),
        Kind("jpeg", "image JPEG", "picture", (".jpg", ".jpeg"), ("image/jpeg", "image/jpg")),
        Kind("gif", "image GIF", "picture", (".gif",), ("image/gif",)),
        Kind("webp", "image WEBP", "picture", (".webp",), ("image/webp",)),
    )
}
PICTURES: Final = frozenset(kind.name for kind in KINDS.values() if kind.reader == "picture")
_SILENT: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})


def agrees(found: str, media: str, ending: str) -> bool:
    """Whether what a file is may have been announced as this media type, under a name with this ending."""
    kind, media = KINDS[found], media.partition(";")[0].strip().lower()
    by_name = next((other for other in KINDS.values() if ending.lower() in other.endings), kind)
    if media in _SILENT:
        by_media: Kind | None = kind
    elif media.startswith("text/"):
        by_media = kind if kind.family == "text" else None
    else:
        by_media = next((other for other in KINDS.values() if media in other.media), None)
    return _akin(by_media, kind) and _akin(by_name, kind)


def _akin(one: Kind | None, other: Kind) -> bool:
    return one is not None and (one is other or (bool(one.family) and one.family == other.family))
