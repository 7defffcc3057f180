"""CSV, as spreadsheets write it: the encoding and the separator are found."""

from __future__ import annotations

import csv
import io
from typing import Final

from egide.documents.encoding import decoded
from egide.workspace.knowledge.readers._reader import Reader, Table, tidy

_SEPARATORS: Final = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_SAMPLE_ROWS: Final = 50


def _table(data: bytes) -> Table:
    text, encoding = decoded(data)
    separator = _separator(text)
    rows = tidy(csv.reader(io.StringIO(text, newline=""), delimiter=separator or ";"))
    shown = f"séparateur : {_SEPARATORS[separator]}" if separator else "une seule colonne"
    return Table(rows, f"CSV, encodage {encoding}, {shown}")


def _separator(text: str) -> str:
    """The one that cuts most rows into the same number of columns; none when there is one column."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_ROWS])
    scores = {separator: _score(sample, separator) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    return best if scores[best] > (0, 0) else ""


def _score(sample: str, separator: str) -> tuple[int, int]:
    """How many rows have the usual number of columns, when that is more than one; then that number."""
    widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if row]
    usual = max(set(widths), key=widths.count, default=1)
    return (widths.count(usual), usual) if usual > 1 else (0, 0)


READER = Reader((".csv",), _table)
