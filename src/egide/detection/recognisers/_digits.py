"""Numbers of a text: chains of digit groups, and every sub-chain by its count of digits.

"1 85 05 78 006 084 91" is one chain of seven groups; a recogniser asks for the sub-chains of fifteen
digits. A number never begins or ends inside a longer one ("A77-0021", "12,50"). Letters that a scanner
takes for digits (O, I, l, S, B) are read as digits when they touch one; such a number is marked, and
needs a check digit or a cue.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Final, NamedTuple

from egide.detection.view import View

SHORTEST: Final = 9
LONGEST: Final = 19
_FEWEST: Final = 6
_LOOK: Final = str.maketrans("oilsb", "01158")
_LOOKALIKE: Final = frozenset("oilsb")
_MIXED: Final = frozenset("oilsb0123456789")
_LINKS: Final = frozenset({" ", "  ", ".", "-", "/", "·", "•", "_", ". ", " . ", "- ", " -", " /", "\n"})
_GAPS: Final = _LINKS | {""}


class Number(NamedTuple):
    """Groups of digits of one chain. ``whole``: nothing of the chain is left out on either side."""

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    scanned: bool
    whole: bool


_Run = tuple[int, int, str, bool]
_SCANNED: Final = itemgetter(3)


def _chains(view: View) -> Iterator[list[tuple[int, int]]]:
    """Runs of digits linked by the signs that people put inside numbers, long enough to matter."""
    low, spans = view.low, view.digits
    first = total = 0
    past = spans[0][0] if spans else 0
    for k, (start, end) in enumerate(spans):
        if start - past > 3 or not (low[past:start] in _GAPS or _looks(low, past, start)):
            # Letters may stand for up to half of the digits: "O6 l2 34 S6".
            if total >= _FEWEST:
                yield spans[first:k]
            first, total = k, 0
        total += end - start
        past = end
    if total >= _FEWEST:
        yield spans[first:]


def _looks(low: str, past: int, start: int) -> bool:
    """Between two runs, only letters that a scanner takes for digits, with a link or none."""
    return low[past:start].strip("oilsb") in _GAPS


def _runs(view: View, chain: list[tuple[int, int]]) -> list[_Run]:
    low, found, past = view.low, [], -1
    for start, end in chain:
        if start < past:
            continue
        run = None
        if low[start - 1 : start] in _LOOKALIKE or low[end : end + 1] in _LOOKALIKE:
            run = _scanned(low, start, end)
        run = run or (start, end, low[start:end], False)
        found.append(run)
        past = run[1]
    return found


def _scanned(low: str, start: int, end: int) -> _Run | None:
    """The run with the letters around it read as digits, when the whole word reads so."""
    while start and low[start - 1] in _MIXED:
        start -= 1
    while end < len(low) and low[end] in _MIXED:
        end += 1
    if low[start - 1 : start].isalpha() or low[end : end + 1].isalpha():
        return None
    return start, end, low[start:end].translate(_LOOK), True


def numbers(view: View) -> dict[int, list[Number]]:
    """Every sub-chain of 9 to 19 digits, by its count of digits; computed once for a view."""
    found = view.__dict__.get("_numbers")
    if isinstance(found, dict):
        return found
    table: dict[int, list[Number]] = {}
    view.__dict__["_numbers"] = table
    for chain in _chains(view):
        _enter(view, _runs(view, chain), table)
    return table


def of(view: View, size: int) -> list[Number]:
    """The numbers of exactly ``size`` digits."""
    return numbers(view).get(size, [])


def _enter(view: View, chain: list[_Run], table: dict[int, list[Number]]) -> None:
    """Put every sub-chain that stands free in the text into the table."""
    low, count = view.low, len(chain)
    digits = "".join([run[2] for run in chain])
    if len(digits) < SHORTEST:
        return
    sizes = tuple([len(run[2]) for run in chain])
    bounds = [0, *accumulate(sizes)]
    scans = any(map(_SCANNED, chain))
    for first in range(count):
        head, start = bounds[first], chain[first][0]
        if len(digits) - head < SHORTEST:
            break
        if not _free_before(low, start):
            continue
        past = start
        for last in range(first, count):
            begin, end, *_ = chain[last]
            if last > first and low[past:begin] not in _LINKS:
                break
            past = end
            total = bounds[last + 1] - head
            if total < SHORTEST:
                continue
            if total > LONGEST:
                break
            if _free_after(low, end, last > first):
                scanned = scans and any(map(_SCANNED, chain[first : last + 1]))
                whole = _apart(low, start, chain, first - 1) and _apart(low, end, chain, last + 1)
                number = Number(
                    start, end, digits[head : head + total], sizes[first : last + 1], scanned, whole
                )
                table.setdefault(total, []).append(number)


def _apart(low: str, at: int, chain: list[_Run], beside: int) -> bool:
    """The group ``beside`` of the chain is not there, or on another line or behind more than one sign."""
    if not 0 <= beside < len(chain):
        return True
    start, end, *_ = chain[beside]
    gap = low[end:at] if end <= at else low[at:start]
    return gap == "\n" or len(gap) > 1


def _free_before(low: str, start: int) -> bool:
    if not start:
        return True
    before = low[start - 1]
    return not before.isalnum() and not (before == "-" and low[start - 2 : start - 1].isalpha())


def _free_after(low: str, end: int, spaced: bool) -> bool:
    after = low[end : end + 1]
    if after.isalnum():
        return False
    if after == "," and spaced and low[end + 1 : end + 2].isdigit():
        return False  # "552 100 554,12" is an amount; a compact number may be a cell of a CSV line
    return not (after == "-" and low[end + 1 : end + 2].isalpha())
