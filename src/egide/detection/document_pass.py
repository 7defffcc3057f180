"""Every other mention of a found value, before or after: surname alone, first name, initials, other case.

A person is sought by each part of the name, by initials and in the plural ("les Dupont"); a firm
without its legal form; any other value as it stands. A part that is also an everyday word ("Petit",
"Blanc", "Rose") is followed only with a capital inside a sentence, or behind a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recognisers._context import cue, street
from egide.detection.recognisers._cues import LEGAL, LEGAL_UPPER, PARTICLES, TITLES
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.recognisers._tokens import INITIAL, UPPER, Tokens, tokens
from egide.detection.view import RUN, View

_REASON: Final = "Autre mention d'une valeur déjà repérée dans le texte."
_WORDS: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DOUBTFUL: Final = (
    Flag.COMMON | Flag.OPENER | Flag.NEVER | Flag.TOWN | Flag.KIND | Flag.STREET | Flag.AMBIGUOUS
)
_BESIDE_NAME: Final = TITLES | PARTICLES
_NOT_FIRM: Final = _DOUBTFUL | Flag.GIVEN | Flag.SUFFIX | Flag.PARTICLE
# Short figures and facts said once are not sought again: "12" or "malade" elsewhere is something else.
_NOT_REPEATED: Final = frozenset(
    {
        "HEALTH",
        "RELIGION",
        "POLITICS",
        "UNION",
        "ETHNICITY",
        "SEX_LIFE",
        "BIOMETRIC",
        "CRIMINAL",
        "CONFIDENTIAL_MARK",
    }
)
_NAMES: Final = ("PERSON", "ORGANISATION")
_SHORTEST: Final = 4


def mentions(view: View, found: Sequence[Finding]) -> list[Finding]:
    """Findings for the other places of the text where a value of ``found`` is named again."""
    if not found:
        return []
    low = view.low
    # The same value is found by several rules and at several places: each is sought once.
    values: dict[str, Finding] = {}
    for finding in found:
        values.setdefault(low[finding[0] : finding[1]], finding)
    return _named_again(view, values, _covered(view, found), known=1)


def mentions_of(view: View, values: Mapping[str, Finding], found: Sequence[Finding] = ()) -> list[Finding]:
    """Findings for the places of the text, besides ``found``, that name one of ``values``: found elsewhere,
    by their folded text."""
    return _named_again(view, values, _covered(view, found), known=0) if values else []


def _covered(view: View, found: Iterable[Finding]) -> bytearray:
    covered = bytearray(len(view.text))
    for finding in found:
        start, end = finding[0], finding[1]
        covered[start:end] = b"\1" * (end - start)
    return covered


def _named_again(
    view: View, values: Mapping[str, Finding], covered: bytearray, *, known: int
) -> list[Finding]:
    """``values`` (folded) at their places that are not covered; a value stands ``known`` times at least."""
    low = view.low
    names = {value: finding for value, finding in values.items() if finding[2] in _NAMES}
    wanted, initials = _parts(names)
    t = tokens(view)
    again = list(_named(t, wanted, covered)) if wanted else []
    if initials:
        again += _abbreviated(view, t, initials, covered)
    count, long = low.count, view.long
    for value, finding in values.items():
        if len(value) < _SHORTEST or finding.label in _NOT_REPEATED or value in wanted:
            continue  # what is wanted was followed word by word
        # A long text holds thousands of values: each is sought where the rarest of its words stands.
        if long:
            again += _repeats(view, finding, value, covered, _found_at(view, value))
        elif count(value) > known:
            again += _repeats(view, finding, value, covered, _every(low, value))
    return again


def _parts(names: dict[str, Finding]) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """Words, and initials, by which the people and the firms may be named alone."""
    wanted: dict[str, Finding] = {}
    initials: dict[str, Finding] = {}
    for value, finding in names.items():
        if finding.label == "PERSON":
            words = _words(value)
            if not _BESIDE_NAME.isdisjoint(words):
                words = [word for word in words if word not in _BESIDE_NAME]
            for word in words:
                if len(word) > 2:
                    wanted.setdefault(word, finding)
            if len(words) > 1:
                initials.setdefault("".join([word[0] for word in words]), finding)
        else:
            for word in _firm_words(value):
                wanted.setdefault(word, finding)
    return wanted, initials


def _words(value: str) -> list[str]:
    if value.isalpha():
        return [value]
    words = value.split(" ")
    return words if all(map(str.isalpha, words)) else _WORDS.findall(value)


def _firm_words(value: str) -> list[str]:
    """Words by which a firm is called for short: those that no everyday text holds."""
    flags = lexicon().get
    return [
        word
        for word in _words(value)
        if len(word) > 3 and not flags(word, 0) & _NOT_FIRM and word not in LEGAL and word not in LEGAL_UPPER
    ]


def _named(t: Tokens, wanted: dict[str, Finding], covered: bytearray) -> Iterator[Finding]:
    plurals = {f"{word}s" for word in wanted}
    sought = wanted.keys() | plurals
    for i in [i for i, word in enumerate(t.word) if word in sought or "-" in word]:
        if covered[t.start[i]]:
            continue
        word = t.word[i]
        finding = wanted.get(word)
        if finding is None and word in plurals and i and t.word[i - 1] in ("les", "des", "aux"):
            finding = wanted.get(word[:-1])
        if finding is None and "-" in word:
            finding = next((wanted[piece] for piece in word.split("-") if piece in wanted), None)
        if finding and _certain(t, i):
            yield Finding(t.start[i], t.end[i], finding.label, 0.7, "document_pass", _REASON)


def _certain(t: Tokens, i: int) -> bool:
    """Word ``i`` is the name again and not the everyday word it also is."""
    flags = t.flags[i]
    if street(t, i) and t.capital[i]:
        return False
    if not flags & _DOUBTFUL:
        return True
    if i and t.flags[i - 1] & Flag.TITLE and t.joined[i]:
        return True
    if not t.capital[i] or t.shape[i] == INITIAL:
        return False
    return not t.opens[i] or cue(t, i) or not flags & (Flag.COMMON | Flag.OPENER | Flag.NEVER)


def _abbreviated(
    view: View, t: Tokens, initials: dict[str, Finding], covered: bytearray
) -> Iterator[Finding]:
    """ "J.D.", "JD" for Jean Dupont: capitals only, two letters at least."""
    for i in t.short:
        if covered[t.start[i]]:
            continue
        last, letters = i, t.word[i]
        while (
            len(letters) == last - i + 1
            and t.gap[last + 1] == "."
            and t.shape[last + 1 : last + 2] == [INITIAL]
        ):
            last += 1
            letters += t.word[last]
        finding = initials.get(letters) if 2 <= len(letters) <= 3 else None
        start, end = t.start[i], t.end[last]
        if not finding or (last == i and not (t.shape[i] == UPPER and _signs(view, start, end))):
            # Two bare capitals are often a unit or a country: they must stand as a signature does.
            continue
        if not _touched(view.text, start, end):
            stop = end + (last > i and view.text[end : end + 1] == ".")
            yield Finding(start, stop, finding.label, 0.5, "document_pass", _REASON)


def _touched(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()


def _signs(view: View, start: int, end: int) -> bool:
    line_start, line_end = view.low.rfind("\n", 0, start) + 1, view.low.find("\n", end)
    alone = (
        not view.low[line_start:start].strip(" -–—")
        and not view.low[end : line_end if line_end >= 0 else None].strip()
    )
    return alone or (view.low[start - 1 : start] in ("(", "/") and view.low[end : end + 1] in (")", "/"))


def _found_at(view: View, value: str) -> Iterator[int]:
    """Where ``value`` stands as whole words."""
    index = view.index
    runs = [(len(index.get(match.group(), ())), match) for match in RUN.finditer(value)]
    if not runs:
        yield from _every(view.low, value)
        return
    rarest = min(runs, key=itemgetter(0))[1]
    for at in index.get(rarest.group(), ()):
        start = at - rarest.start()
        if start >= 0 and view.low.startswith(value, start):
            yield start


def _every(low: str, value: str) -> Iterator[int]:
    at = low.find(value)
    while at >= 0:
        yield at
        at = low.find(value, at + len(value))


def _repeats(
    view: View, finding: Finding, value: str, covered: bytearray, places: Iterable[int]
) -> Iterator[Finding]:
    if value.isdigit() and len(value) < 6:
        return
    if finding.label in ("PERSON", "ORGANISATION", "LOCATION") and lexicon().get(value, 0) & _DOUBTFUL:
        return  # followed word by word above, with the guard against everyday words
    for at in places:
        end = at + len(value)
        inside = view.low[at - 1 : at].isalnum() and value[0].isalnum()
        if not inside and not view.low[end : end + 1].isalnum() and not all(covered[at:end]):
            yield Finding(at, end, finding.label, finding.score, "document_pass", _REASON)
