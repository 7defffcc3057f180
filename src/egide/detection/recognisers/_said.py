"""What is said of a number: the words just before it on its line, and the heading of its column."""

from __future__ import annotations

import re
from typing import Final

from egide.detection.view import View

_MARKS: Final = ";|\t,"
_BLANK: Final = " \t-*•>:|\"'"


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
    low = view.low
    begin = low.rfind("\n", 0, start) + 1
    stop = low.find("\n", start)
    line = low[begin : stop if stop >= 0 else len(low)]
    for mark in _MARKS:
        width = line.count(mark)
        if width >= (2 if mark == "," else 1):
            head = _head(view, begin, mark, width)
            cells = head.split(mark) if head else []
            place = low.count(mark, begin, start)
            return cells[place].strip(" \"'*") if place < len(cells) else ""
    return ""


def _head(view: View, begin: int, mark: str, width: int) -> str:
    """First line of the block of lines that have as many ``mark`` as the line at ``begin``."""
    cache: dict[int, str] = view.__dict__.setdefault("_heads", {})
    if begin in cache:
        return cache[begin]
    low, seen, head, at = view.low, [begin], "", begin
    while at > 0 and at not in cache:
        above = low.rfind("\n", 0, at - 1) + 1
        line = low[above : at - 1]
        if abs(line.count(mark) - width) > (1 if mark != "," else 4):
            break
        head, at = line, above
        seen.append(at)
    head = cache.get(at, "") or head
    if any(map(str.isdigit, head)):
        head = ""
    cache.update(dict.fromkeys(seen[:-1] if head else seen, head))
    return head
