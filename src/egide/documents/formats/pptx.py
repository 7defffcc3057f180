"""PowerPoint presentations: slides in their order, hidden ones too, notes and comments."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from egide.documents.context import Context
from egide.documents.formats._office import DRAWN, embedded, graphics, section, unread
from egide.documents.markup import lines, parse
from egide.documents.package import Package
from egide.documents.readings import Reading, counted

_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_COMMENTS: Final = replace(DRAWN, blocks=DRAWN.blocks | {f"{_P}text"}, texts=DRAWN.texts | {f"{_P}text"})
_SLIDE: Final = "presentationml.slide+xml"


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    package = Package(data, context)
    slides = package.parts(_SLIDE)
    text: list[str] = []
    for number, name in enumerate(slides, 1):
        text += section(f"Diapositive {number}", lines(parse(package.read(name)), DRAWN))
    text += graphics(package)
    text += section("Notes", _all(package, "presentationml.notesslide+xml"))
    text += section(
        "Commentaires", _all(package, "presentationml.comments+xml", "ms-powerpoint.comments+xml")
    )
    text += embedded(package, context)
    described = f"PowerPoint, {counted(len(slides), 'diapositive', 'diapositives')}"
    return Reading(kind, described, "\n".join(text).strip(), unread(package))


def _all(package: Package, *endings: str) -> list[str]:
    return [line for name in package.parts(*endings) for line in lines(parse(package.read(name)), _COMMENTS)]
