"""Excel workbooks: every cell of every sheet, hidden ones too, comments, headers and text in drawings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

from openpyxl import load_workbook

from egide.documents.context import Context
from egide.documents.formats._numbers import shown
from egide.documents.formats._office import DRAWN, embedded, graphics, section, unread
from egide.documents.markup import Vocabulary, lines, parse, row
from egide.documents.package import Package
from egide.documents.readings import Reading, counted
from egide.documents.refusals import Refusal

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THREADED: Final = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_COMMENTS: Final = Vocabulary(
    blocks=frozenset({f"{_S}text", f"{_S}author", f"{_THREADED}text"}),
    texts=frozenset({f"{_S}t", f"{_S}author", f"{_THREADED}text"}),
)
_HEADERS: Final = frozenset(
    f"{_S}{side}{place}" for side in ("odd", "even", "first") for place in ("Header", "Footer")
)
_AROUND: Final = Vocabulary(blocks=_HEADERS, texts=_HEADERS)


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    package = Package(data, context)
    sheets = list(_sheets(data, context))
    text: list[str] = []
    for title, state, rows in sheets:
        hidden = " (masquée)" if state != "visible" else ""
        text += ["", f"Feuille « {title} »{hidden} :", *rows]
    text += section("En-têtes et pieds de page", _all(package, _AROUND, "spreadsheetml.worksheet+xml"))
    text += section(
        "Commentaires",
        _all(package, _COMMENTS, "spreadsheetml.comments+xml", "ms-excel.threadedcomments+xml"),
    )
    text += section("Dessins", _all(package, DRAWN, "officedocument.drawing+xml"))
    text += graphics(package)
    text += embedded(package, context)
    described = f"Excel, {counted(len(sheets), 'feuille', 'feuilles')}"
    return Reading(kind, described, "\n".join(text).strip(), unread(package))


def _sheets(data: bytes, context: Context) -> Iterator[tuple[str, str, list[str]]]:
    """(title, state, rows) of each sheet; the formula of a cell stands where no result was kept."""
    budget = _Budget(context.limits.cells)
    results, formulas = _values(data, True, budget), _values(data, False, budget)
    for (title, state, values), (_, _, written) in zip(results, formulas, strict=True):
        yield (
            title,
            state,
            [
                line
                for cells, others in zip(values, written, strict=True)
                if (line := row(cell or other for cell, other in zip(cells, others, strict=True)))
            ],
        )


def _values(data: bytes, computed: bool, budget: _Budget) -> Iterator[tuple[str, str, list[list[str]]]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)
    except Exception as problem:  # whatever the library raises on a damaged file
        raise Refusal("damaged") from problem
    with closing(book):
        for sheet in book.worksheets:
            yield sheet.title, sheet.sheet_state, [budget.spend(cells) for cells in sheet.iter_rows()]


class _Budget:
    """Cells left to read. A stray cell in the last row makes a sheet of a million empty ones."""

    def __init__(self, cells: int) -> None:
        self._left = 2 * cells

    def spend(self, cells: tuple[Any, ...]) -> list[str]:
        self._left -= max(len(cells), 1)
        if self._left < 0:
            raise Refusal("cells")
        return [shown(cell.value, getattr(cell, "number_format", "") or "") for cell in cells]


def _all(package: Package, words: Vocabulary, *endings: str) -> list[str]:
    return [line for name in package.parts(*endings) for line in lines(parse(package.read(name)), words)]
