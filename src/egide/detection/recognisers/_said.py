"""What is said of a number: the words just before it on its line, and the heading of its column."""

from __future__ import annotations

import re
from typing import Final

from egide.detection.view import View

_MARKS: Final = ";|\t,"
_BLANK: Final = " \t-*•>:|\"'"

ACCOUNT: Final = r"([a-z0-9@][a-z0-9._@\\+-]{1,38}[a-z0-9])(?![a-z0-9@])"
"""The name of an account, as a group, folded."""


def words(*rows: str) -> frozenset[str]:
    """The words of ``rows``, separated by spaces."""
    return frozenset(" ".join(rows).split())


def before(view: View, start: int, reach: int = 45) -> str:
    """Folded words before ``start``: of its line (of the line above when the line begins there), and the
    heading of its column when the line is a row of a table."""
    low = view.low
    line = low.rfind("\n", max(0, start - reach), start) + 1
    from_ = max(line, start - reach)
    if line and not low[line:start].strip(_BLANK):
        from_ = max(low.rfind("\n", 0, line - 1) + 1, line - 1 - reach)
    return f"{heading(view, start)} {low[from_:start]}"


def said(view: View, start: int, cue: re.Pattern[str], reach: int = 45) -> bool:
    """``cue`` stands before ``start``, or heads its column."""
    return cue.search(before(view, start, reach)) is not None


def heading(view: View, start: int) -> str:
    """The folded heading of the cell at ``start``; empty outside tables."""
    begin = view.low.rfind("\n", 0, start) + 1
    mark, cells = _row(view, begin)
    if not cells:
        return ""
    place = view.low.count(mark, begin, start)
    return cells[place] if place < len(cells) else ""


def tabular(view: View) -> list[tuple[int, int, str, list[str]]]:
    """(start, end, separator, headings) of every line that stands under a heading line; computed once."""
    found = view.__dict__.get("_tabular")
    if isinstance(found, list):
        return found
    rows: list[tuple[int, int, str, list[str]]] = []
    view.__dict__["_tabular"] = rows
    for start, end in view.lines:
        line = view.low[start:end]
        # ", " is the comma of a sentence, not of a table.
        if ";" in line or "|" in line or "\t" in line or ("," in line and ", " not in line):
            mark, cells = _row(view, start)
            if cells:
                rows.append((start, end, mark, cells))
    return rows


def _row(view: View, begin: int) -> tuple[str, list[str]]:
    """Separator and headings of the line that begins at ``begin``; none when it is not of a table."""
    cache: dict[int, tuple[str, list[str]]] = view.__dict__.setdefault("_rows", {})
    row = cache.get(begin)
    if row is None:
        row = cache[begin] = _read(view, begin)
    return row


def _read(view: View, begin: int) -> tuple[str, list[str]]:
    low = view.low
    stop = low.find("\n", begin)
    line = low[begin : stop if stop >= 0 else len(low)]
    for mark in _MARKS:
        if mark in line and not (mark == "," and ", " in line):
            width = line.count(mark)
            if width >= (2 if mark == "," else 1):
                head = _head(view, begin, mark, width)
                return mark, [cell.strip(" \"'*") for cell in head.split(mark)] if head else []
    return "", []


def _head(view: View, begin: int, mark: str, width: int) -> str:
    """First line of the block of lines that have as many ``mark`` as the line at ``begin``."""
    cache: dict[int, str] = view.__dict__.setdefault("_heads", {})
    if begin in cache:
        return cache[begin]
    low, seen, head, at = view.low, [begin], "", begin
    while at > 0 and at not in cache:
        above = low.rfind("\n", 0, at - 1) + 1
        line = low[above : at - 1]
        if mark not in line or abs(line.count(mark) - width) > (1 if mark != "," else 4):
            break
        head, at = line, above
        seen.append(at)
    head = cache.get(at, "") or head
    if any(map(str.isdigit, head)):
        head = ""
    cache.update(dict.fromkeys(seen[:-1] if head else seen, head))
    return head
