"""OpenDocument (LibreOffice): text, spreadsheet, presentation; headers, notes, comments, removed text."""

from __future__ import annotations

from typing import Final

from egide.documents.context import Context
from egide.documents.formats._office import section
from egide.documents.kinds import KINDS
from egide.documents.markup import Element, Vocabulary, added, lines, parse
from egide.documents.package import Package
from egide.documents.readings import Reading, counted
from egide.documents.refusals import Refusal

_NS: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE = _NS % "text", _NS % "table"
_CHANGES: Final = f"{_TEXT}tracked-changes"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_NOW: Final = Vocabulary(
    blocks=frozenset({f"{_TEXT}p", f"{_TEXT}h", f"{_DC}creator"}),
    cells=frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}),
    rows=frozenset({f"{_TABLE}table-row"}),
    gaps=frozenset({f"{_TEXT}tab", f"{_TEXT}line-break"}),
    skipped=frozenset({_CHANGES, f"{_TEXT}note-citation"}),
    mixed=True,
)
_ENCRYPTED: Final = b"encryption-data"


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    package = Package(data, context)
    if "META-INF/manifest.xml" in package.names and _ENCRYPTED in package.read("META-INF/manifest.xml"):
        raise Refusal("encrypted")
    if "content.xml" not in package.names:
        raise Refusal("damaged")
    now, before = _content(package, "content.xml")
    text = list(now)
    if "styles.xml" in package.names:
        text += section("En-têtes et pieds de page", _content(package, "styles.xml")[0])
    for name in package.names:
        if name.endswith("/content.xml"):
            text += section("Objet incorporé", _content(package, name)[0])
    text += section("Texte avant les modifications suivies", before)
    if any(map(_foreign, package.names)):
        raise Refusal("embedded")
    return Reading(kind, KINDS[kind].french, "\n".join(text).strip(), _unread(package))


def _content(package: Package, name: str) -> tuple[list[str], list[str]]:
    """Lines of a part as it is now, and those that only stood before tracked changes."""
    root = parse(package.read(name))
    now = lines(root, _NOW, _spaces)
    removed = {
        region.get(f"{_TEXT}id", ""): "\n".join(lines(deletion, _NOW, _spaces))
        for region in root.iter(f"{_TEXT}changed-region")
        for deletion in region.iter(f"{_TEXT}deletion")
    }
    if not removed:
        return now, []

    def restored(element: Element) -> str:
        if element.tag == f"{_TEXT}change":
            return removed.get(element.get(f"{_TEXT}change-id", ""), "")
        return _spaces(element)

    return now, added(now, lines(root, _NOW, restored))


def _spaces(element: Element) -> str:
    return " " if element.tag == f"{_TEXT}s" else ""


def _foreign(name: str) -> bool:
    """An object of another program: one file at the root, where OpenDocument's own are folders."""
    return name.startswith("Object ") and "/" not in name


def _unread(package: Package) -> tuple[str, ...]:
    pictures = sum(
        name.startswith(("Pictures/", "media/")) and not name.endswith("/") for name in package.names
    )
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in package.names)
    told = [counted(pictures, "image", "images")] if pictures else []
    return (*told, *(["des macros"] if macros else []))
