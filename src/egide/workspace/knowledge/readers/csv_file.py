"""CSV, as spreadsheets write it: the encoding and the separator are found."""

from __future__ import annotations

import csv
import io
from typing import Final

from django.utils.translation import gettext, gettext_noop

from egide.documents.encoding import decoded
from egide.workspace.knowledge.readers._reader import Reader, Table, tidy

_SEPARATORS: Final = {
    ";": gettext_noop("point-virgule"),
    ",": gettext_noop("virgule"),
    "\t": gettext_noop("tabulation"),
    "|": gettext_noop("barre verticale"),
}
_SAMPLE_ROWS: Final = 50


def _table(data: bytes) -> Table:
    text, encoding = decoded(data)
    separator = _separator(text)
    rows = tidy(csv.reader(io.StringIO(text, newline=""), delimiter=separator or ";"))
    if not separator:
        return Table(rows, gettext("CSV, encodage %(encoding)s, une seule colonne") % {"encoding": encoding})
    told = {"encoding": encoding, "separator": gettext(_SEPARATORS[separator])}
    return Table(rows, gettext("CSV, encodage %(encoding)s, séparateur : %(separator)s") % told)


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
