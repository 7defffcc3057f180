"""Web pages and the HTML of mails: their text, what stands for pictures, what fields hold; never scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from egide.documents.context import Context
from egide.documents.encoding import decoded
from egide.documents.markup import row
from egide.documents.readings import Reading, counted

_SILENT: Final = frozenset({"script", "style", "template"})
# fmt: off
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main",
    "nav", "ol", "option", "p", "pre", "section", "table", "textarea", "title", "ul",
})
# fmt: on
_TOLD: Final = ("alt", "title", "placeholder", "value", "label")


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    page = _Page()
    page.feed(decoded(data)[0])
    page.close()
    told = (counted(page.pictures, "image", "images"),) if page.pictures else ()
    return Reading(kind, "HTML", page.text(), told)


class _Page(HTMLParser):
    """Lines of text; a table row is one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = 0
        self._lines: list[str] = []
        self._line: list[str] = []
        self._cells: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pictures += tag == "img"
        if tag in _SILENT:
            self._silent += 1
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._end_block()
        for name, value in attrs:
            if name in _TOLD and value:
                self._line.append(f" {value} ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT:
            self._silent -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line.append(data)

    def text(self) -> str:
        """All of it."""
        self._end_row()
        self._end_block()
        return "\n".join(self._lines)

    def _end_block(self) -> None:
        if self._cells is not None:
            self._line.append(" ")
        elif said := self._taken():
            self._lines.append(said)

    def _end_cell(self) -> None:
        said = self._taken()
        if self._cells is not None and (said or self._cells):
            self._cells.append(said)
        elif said:
            self._lines.append(said)

    def _end_row(self) -> None:
        if self._cells is None:
            return self._end_block()
        self._end_cell()
        if said := row(self._cells):
            self._lines.append(said)
        self._cells = None
        return None

    def _taken(self) -> str:
        said = re.sub(r"[ \t\n\r\f]+", " ", "".join(self._line)).strip()
        self._line = []
        return said
