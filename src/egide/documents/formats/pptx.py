"""PowerPoint presentations: slides in their order, hidden ones too, notes and comments."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import Final

from egide.documents.context import Context
from egide.documents.formats._office import DRAWN, embedded, graphics, section, unread
from egide.documents.markup import lines, parse
from egide.documents.package import Package
from egide.documents.readings import Reading, counted

_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_COMMENTS: Final = replace(DRAWN, blocks=DRAWN.blocks | {f"{_P}text"}, texts=DRAWN.texts | {f"{_P}text"})
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SLIDE: Final = "presentationml.slide+xml"


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    package = Package(data, context)
    slides = _in_order(package)
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


def _in_order(package: Package) -> list[str]:
    """Slides as they are shown, whatever their numbers; then those that are not listed."""
    slides = package.parts(_SLIDE)
    shown: list[str] = []
    for main in package.parts("presentation.main+xml", "slideshow.main+xml")[:1]:
        folder, name = posixpath.split(main)
        links = f"{folder}/_rels/{name}.rels"
        if links not in package.names:
            return slides
        targets = {
            link.get("Id"): posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip(
                "/"
            )
            for link in parse(package.read(links))
        }
        shown = [targets.get(one.get(_LINK), "") for one in parse(package.read(main)).iter(f"{_P}sldId")]
    return sorted(slides, key=lambda slide: shown.index(slide) if slide in shown else len(shown))


def _all(package: Package, *endings: str) -> list[str]:
    return [line for name in package.parts(*endings) for line in lines(parse(package.read(name)), _COMMENTS)]
