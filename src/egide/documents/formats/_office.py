"""What the three Office formats share: their drawing text, what they embed, what of them is not read."""

from __future__ import annotations

from typing import Final

from egide.documents.context import Context
from egide.documents.markup import Vocabulary, lines, parse
from egide.documents.package import Package
from egide.documents.readings import counted
from egide.documents.refusals import Refusal

DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# The same content twice, the second time for old programs.
TWICE: Final = frozenset({f"{_COMPATIBILITY}Fallback"})
DRAWN: Final = Vocabulary(
    blocks=frozenset({f"{DRAWING}p", f"{CHART}pt"}),
    cells=frozenset({f"{DRAWING}tc"}),
    rows=frozenset({f"{DRAWING}tr"}),
    texts=frozenset({f"{DRAWING}t", f"{CHART}v"}),
    gaps=frozenset({f"{DRAWING}br", f"{DRAWING}tab"}),
    skipped=TWICE,
)
_GRAPHICS: Final = ("drawingml.chart+xml", "diagramdata+xml", "drawingml.chartshapes+xml")


def graphics(package: Package) -> list[str]:
    """The text of charts and diagrams."""
    return [line for name in package.parts(*_GRAPHICS) for line in lines(parse(package.read(name)), DRAWN)]


def embedded(package: Package, context: Context) -> list[str]:
    """The text of the documents embedded in a package. Raises Refusal when one cannot be read."""
    found: list[str] = []
    for name, declared in package.types.items():
        inside = "/embeddings/" in f"/{name.lower()}"
        if not (inside or "oleobject" in declared or _imported(package, name)):
            continue
        data = package.read(name)
        if not (data.startswith(b"PK\x03\x04") or _imported(package, name)):
            raise Refusal("embedded")
        reading = context.read(data)
        if reading.is_picture:
            raise Refusal("embedded")
        found += [f"Document incorporé ({reading.described}) :", reading.text]
    return found


def unread(package: Package) -> tuple[str, ...]:
    """What of a package is not in its text, in French."""
    pictures = sum(
        declared.startswith("image/") and not name.startswith("docProps/")  # the thumbnail of the file
        for name, declared in package.types.items()
    )
    media = sum(declared.startswith(("audio/", "video/")) for declared in package.types.values())
    macros = any("vbaproject" in declared or "macrosheet" in declared for declared in package.types.values())
    told = [counted(pictures, "image", "images")] if pictures else []
    told += [counted(media, "son ou vidéo", "sons ou vidéos")] if media else []
    return (*told, *(["des macros"] if macros else []))


def section(title: str, said: list[str]) -> list[str]:
    """Lines under a title, nothing when there are none."""
    return ["", f"{title} :", *said] if said else []


def _imported(package: Package, name: str) -> bool:
    """A document that Word inserts when it opens this one."""
    return "afchunk" in name.lower() or package.types[name] in (
        "text/html",
        "message/rfc822",
        "application/rtf",
    )
