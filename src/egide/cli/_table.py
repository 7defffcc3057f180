"""A table for a terminal: columns as wide as their longest cell."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """``rows`` under ``head``; line breaks inside a cell are shown as spaces."""
    cells = [tuple(" ".join(cell.split()) for cell in row) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    ruled = [cells[0], tuple("─" * width for width in widths), *cells[1:]]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in ruled
    )
