"""From a text to its plain readings, and from what is found there to places of the text.

One reading undoes all encodings at once, another all layouts (letters set apart, cells, numbers said);
both are done once more on what the encodings held, and no deeper. A reading holds each character of its
base at most once, so all of them together stay within a few times the text: the work is linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from egide.detection.document_pass import mentions_of
from egide.detection.finding import Finding
from egide.detection.unveil.disguise import Piece, discover
from egide.detection.unveil.gate import signs
from egide.detection.unveil.reading import Numbered, Reading, plainly, reveal
from egide.detection.view import View

Find = Callable[[View], list[Finding]]

# How far from a decoded character a finding may owe itself to it: the reach of the cues of the rules.
_NEAR: Final = 60
_DEEPEST: Final = 2
# All readings together are at most this many times the text (and a few lines, for short texts).
MOST: Final = 4
_SLACK: Final = 400


@cache
def _layouts() -> bytes:
    """The numbers of the disguises of layout; the others are encodings."""
    return bytes(number for number, disguise in enumerate(discover(), 1) if disguise.layout)


def unveiled(view: View, find: Find, found: Sequence[Finding]) -> list[Finding]:
    """What ``find`` finds in the readings of ``view``, placed in it; ``found`` there already.

    A finding of ``found`` that cuts a piece in two ("&eacute;", an escape) comes again, wide enough.
    """
    pieces = _pieces(view)
    if not pieces:
        return []
    whole = [piece for piece, number in pieces if number not in _layouts() and not piece.spans]
    more = list(_widened(found, whole))
    known = {view.low[one[0] : one[1]]: one for one in found}
    revealed: dict[str, Finding] = {}
    for reading in _readings(view, pieces):
        plain = reading.view.low
        sought = [(one, _NEAR) for one in find(reading.view)] + [
            (one, 0) for one in mentions_of(reading.view, known)
        ]
        for finding, near in sought:
            for part in reading.cut(finding):
                how = _owed(reading, part, near)
                if how:
                    start, end = reading.place(part.start, part.end)
                    revealed.setdefault(plain[part.start : part.end], part)
                    more.append(part._replace(start=start, end=end, reason=f"{part.reason} {how}"))
    return more + mentions_of(view, {value: revealed[value] for value in revealed.keys() - known.keys()})


def readings(text: str) -> list[Reading]:
    """The readings of ``text``; none for an ordinary one."""
    view = View(text)
    return list(_readings(view, _pieces(view)))


def _readings(view: View, pieces: list[Numbered]) -> Iterator[Reading]:
    left = MOST * len(view.text) + _SLACK
    base = plainly(view)
    for depth in range(_DEEPEST):
        decoded = None
        for layout in (False, True):
            kept = list(_apart([one for one in pieces if (one[1] in _layouts()) is layout]))
            if not kept:
                continue
            reading = reveal(base, kept)
            left -= len(reading.view.text)
            if left < 0:
                return
            yield reading
            decoded = decoded if layout else reading
        if decoded is None or depth + 1 == _DEEPEST:
            return
        base, pieces = decoded, _pieces(decoded.view)


def _pieces(view: View) -> list[Numbered]:
    """What is disguised in ``view``, with the number of the disguise."""
    there = signs(view)
    if not there:
        return []
    return [
        (piece, number)
        for number, disguise in enumerate(discover(), 1)
        if not set(there).isdisjoint(disguise.signs)
        for piece in disguise.search(view)
    ]


def _apart(pieces: list[Numbered]) -> Iterator[Numbered]:
    """In order, without those that an earlier or longer one overlaps."""
    past = 0
    for piece, number in sorted(pieces, key=lambda one: (one[0].start, -one[0].end, one[1])):
        if piece.start >= past and piece.end > piece.start:
            past = piece.end
            yield piece, number


def _widened(found: Sequence[Finding], pieces: Sequence[Piece]) -> Iterator[Finding]:
    """The findings that begin or end inside a piece, with the whole of it."""
    starts, ends = (
        zip(*sorted((piece.start, piece.end) for piece in pieces), strict=True) if pieces else ((), ())
    )
    for finding in found:
        start, end = finding[0], finding[1]
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first and start < ends[first - 1]:
            start = starts[first - 1]
        if last and end < ends[last - 1]:
            end = ends[last - 1]
        if start != finding[0] or end != finding[1]:
            yield finding._replace(start=start, end=end)


def _owed(reading: Reading, finding: Finding, near: int) -> str:
    """How the finding was hidden; empty when no disguise within ``near`` characters has a part in it."""
    inside = reading.hidden[finding.start : finding.end].translate(None, b"\0")
    if not inside and near:
        around = reading.hidden[max(0, finding.start - near) : finding.end + near]
        inside = around.translate(None, b"\0" + _layouts())
    return f"Texte écrit {discover()[inside[0] - 1].how}." if inside else ""
