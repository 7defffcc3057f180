"""From the signs of a text to its passages that give orders, each with a score."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from egide.checks.injection import hidden
from egide.checks.injection.mention import about, quoted
from egide.checks.injection.origin import Origin
from egide.checks.injection.sign import Known, discover
from egide.detection.view import View

# From this score on, a passage is said to give orders.
THRESHOLD: Final = 0.5
_HIDDEN: Final = "hidden"
_HIDDEN_WHY: Final = "est écrit pour ne pas être vu"
_HIDING: Final = 0.45
_SMUGGLED: Final = 0.7
_MENTIONED: Final = 0.2  # what is left of a sign that is only quoted
# The definition of a tool often says what is not to be shown to the person: alone, it is no sign.
_COMMON_IN_TOOLS: Final = {"conceal": 0.8}
_NEAR: Final = 200
_MOST: Final = 20
# A person who pastes this much, or puts a text apart, brings a document along.
_LONG: Final = 1_500
_APART: Final = re.compile(
    r":[ \t]*\n\s*|\n[ \t]*(?:-{3,}|={3,}|`{3}|\"{3}|<(?:document|texte|text|email|mail)>)[^\n]*\n|\n\s*\n"
)
_STOP: Final = re.compile(r"[.!?…]+[\"'»”)]*\s")
_WIDEST: Final = 400


class Passage(NamedTuple):
    """``kinds`` are ids of signs; ``reason`` is French and never repeats the passage."""

    start: int
    end: int
    score: float
    kinds: tuple[str, ...]
    reason: str
    origin: Origin


class _Mark(NamedTuple):
    start: int
    end: int
    weight: float
    kind: str
    unseen: bool = False  # a person does not see it, so did not write it


def screen(given: str | View, origin: Origin) -> tuple[Passage, ...]:
    """The passages of a text, which may be prepared already, that give orders to the model, in order.

    In what a person writes, only what a hand does not write counts; what they paste is a document.
    """
    view = given if isinstance(given, View) else View(given)
    text = view.text
    pasted = _pasted(text) if origin is Origin.PERSON else 0
    marks = list(_marks(view, brought=pasted < len(text)))
    if not marks:
        return ()
    kept = [mark for mark in marks if mark.start >= pasted or mark.unseen]
    found = []
    for start, end, together in _gathered(text, kept):
        own = origin is not Origin.PERSON or start < pasted or len(text) < _LONG
        said = origin if own else Origin.DOCUMENT
        passage = _passage(start, end, together, said)
        if passage.score >= THRESHOLD:
            found.append(passage)
    return tuple(found[:_MOST])


def _pasted(text: str) -> int:
    """Where what a person pasted begins: behind the first line that puts it apart."""
    match = _APART.search(text)
    return match.end() if match else len(text)


def _marks(view: View, *, brought: bool) -> Iterator[_Mark]:
    """``brought``: the text holds what the person did not write."""
    text = view.text
    veils = sorted(hidden.veils(text))
    plain = sorted(_signs(view, everything=brought or bool(veils)))
    starts = [mark.start for mark in plain]
    yield from plain
    past = 0
    for start, end in veils:
        if end <= past:
            continue  # inside another: said already
        start, past = max(start, past), end
        inside = plain[bisect_left(starts, start) : bisect_left(starts, end)]
        if inside:
            yield _Mark(start, end, _HIDING, _HIDDEN, unseen=True)
            yield from (mark._replace(unseen=True) for mark in inside)
    for start, end, said in hidden.tags(text):
        yield _Mark(start, end, _SMUGGLED, _HIDDEN, unseen=True)
        yield from _moved(_signs(View(said)), start, end)
    for start, end in hidden.blanks(text):
        yield _Mark(start, end, _SMUGGLED, _HIDDEN, unseen=True)
    for said, start, end in hidden.decoded(view):
        inside = [mark for mark in _signs(View(said)) if mark.weight >= _MENTIONED]
        if len(inside) > sum(start <= mark.start < end for mark in plain):
            yield _Mark(start, end, _HIDING, _HIDDEN, unseen=True)
            yield from _moved(inside, start, end)


def _moved(marks: Iterable[_Mark], start: int, end: int) -> Iterator[_Mark]:
    """What was read inside a hidden place, at this place."""
    return (mark._replace(start=start, end=end, unseen=True) for mark in marks)


def _signs(view: View, *, everything: bool = True) -> Iterator[_Mark]:
    known: Known = {}
    for sign in discover():
        if not (everything or sign.unseen):
            continue
        for start, end, weight in sign.find(view, known):
            yield _Mark(start, end, _weighed(view, start, end, weight), sign.id, sign.unseen)


def _weighed(view: View, start: int, end: int, weight: float) -> float:
    """Less when the place only mentions an order: in quotation marks, or in a text about attacks."""
    mentioned = about(view.low, start, end) and quoted(view.text, start, end)
    return weight * _MENTIONED if mentioned else weight


def _gathered(text: str, marks: Iterable[_Mark]) -> Iterator[tuple[int, int, list[_Mark]]]:
    """Marks that stand near one another, with the sentences around them."""
    group: list[_Mark] = []
    start = end = 0
    for mark in sorted(marks):
        if group and mark.start - end > _NEAR:
            yield *_sentences(text, start, end), group
            group = []
        if not group:
            start, end = mark.start, mark.end
        group.append(mark)
        end = max(end, mark.end)
    if group:
        yield *_sentences(text, start, end), group


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the sentence, or of the line, to its end."""
    first = max(text.rfind("\n", 0, start) + 1, start - _WIDEST)
    for stop in _STOP.finditer(text, first, start):
        first = stop.end()
    line = text.find("\n", end)
    last = min(line if line >= 0 else len(text), end + _WIDEST)
    stop_after = _STOP.search(text, max(start, end - 1), last)
    if stop_after is not None:
        last = len(text[: stop_after.end()].rstrip())
    return first, max(last, end)


def _passage(start: int, end: int, marks: list[_Mark], origin: Origin) -> Passage:
    """The score is that of independent signs: each kind counts once, by its strongest."""
    strongest: dict[str, float] = {}
    for mark in marks:
        weight = mark.weight * (_COMMON_IN_TOOLS.get(mark.kind, 1.0) if origin is Origin.TOOL else 1.0)
        strongest[mark.kind] = max(strongest.get(mark.kind, 0.0), weight)
    left = 1.0
    for weight in strongest.values():
        left *= 1.0 - weight
    kinds = tuple(sorted(strongest, key=lambda kind: -strongest[kind]))
    why = {sign.id: sign.why for sign in discover()} | {_HIDDEN: _HIDDEN_WHY}
    said = [why[kind] for kind in kinds[:3]]
    listed = said[0] if len(said) < 2 else f"{', '.join(said[:-1])} et {said[-1]}"
    return Passage(start, end, round(1.0 - left, 3), kinds, f"Ce passage {listed}.", origin)
