"""Word documents: body, tables, text boxes, headers, footers, notes, comments, and what changes removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from egide.documents.context import Context
from egide.documents.formats._office import DRAWN, TWICE, embedded, graphics, section, unread
from egide.documents.markup import Element, Vocabulary, added, lines, parse
from egide.documents.package import Package
from egide.documents.readings import Reading

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOW: Final = Vocabulary(
    blocks=DRAWN.blocks | {f"{_W}p"},
    cells=DRAWN.cells | {f"{_W}tc"},
    rows=DRAWN.rows | {f"{_W}tr"},
    texts=DRAWN.texts | {f"{_W}t", _MATHS},
    gaps=DRAWN.gaps | {f"{_W}{name}" for name in ("tab", "br", "cr", "ptab")},
    skipped=TWICE | {f"{_W}del", f"{_W}moveFrom", f"{_W}tabs"},
)
_BEFORE: Final = replace(
    _NOW, texts=_NOW.texts | {f"{_W}delText"}, skipped=TWICE | {f"{_W}ins", f"{_W}moveTo", f"{_W}tabs"}
)
_CHANGED: Final = tuple(f"{_W}{name}" for name in ("del", "moveFrom"))
_SECTIONS: Final = (
    ("En-têtes et pieds de page", ("wordprocessingml.header+xml", "wordprocessingml.footer+xml")),
    ("Notes", ("wordprocessingml.footnotes+xml", "wordprocessingml.endnotes+xml")),
    ("Commentaires", ("wordprocessingml.comments+xml",)),
)


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    package = Package(data, context)
    body, before = _texts(
        package, ("document.main+xml", "template.main+xml", "template.macroenabledtemplate.main+xml")
    )
    text = [*body, *graphics(package)]
    for title, endings in _SECTIONS:
        now, then = _texts(package, endings)
        text += section(title, now)
        before += then
    text += section("Texte avant les modifications suivies", before)
    text += embedded(package, context)
    return Reading(kind, "Word", "\n".join(text).strip(), unread(package))


def _texts(package: Package, endings: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Lines of some parts as they are now, and those that only stood before tracked changes."""
    now: list[str] = []
    before: list[str] = []
    for name in package.parts(*endings):
        root = parse(package.read(name))
        said = lines(root, _NOW, _author)
        # Each section has its headers: the same words three times tell nothing more.
        repeats = "header" in name or "footer" in name
        now += [line for line in said if not (repeats and line in now)]
        if next(root.iter(*_CHANGED), None) is not None:
            before += added(said, lines(root, _BEFORE, _author))
    return now, before


def _author(element: Element) -> str:
    """Who wrote a comment: a value like another."""
    if element.tag != f"{_W}comment" or not element.get(f"{_W}author"):
        return ""
    return f"Commentaire de {element.get(f'{_W}author')} :"
