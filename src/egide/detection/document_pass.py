"""Every other mention of a found value, before or after: surname alone, first name, initials, other case.

A person is sought by each part of the name, by initials and in the plural ("les Dupont"); a firm
without its legal form; any other value as it stands. A part that is also an everyday word ("Petit",
"Blanc", "Rose") is followed only with a capital inside a sentence, or behind a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recognisers._context import cue, street
from egide.detection.recognisers._cues import LEGAL, LEGAL_UPPER, PARTICLES, TITLES
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.recognisers._tokens import INITIAL, Tokens, tokens
from egide.detection.view import View

_REASON: Final = "Autre mention d'une valeur déjà repérée dans le texte."
_WORDS: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DOUBTFUL: Final = (
    Flag.COMMON | Flag.OPENER | Flag.NEVER | Flag.TOWN | Flag.KIND | Flag.STREET | Flag.AMBIGUOUS
)
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
_SHORTEST: Final = 4


def mentions(view: View, found: Sequence[Finding]) -> Iterable[Finding]:
    """Findings for the other places of the text where a value of ``found`` is named again."""
    if not found:
        return
    covered = bytearray(len(view.text))
    for finding in found:
        covered[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
    # The same value is found by several rules and at several places: each is sought once.
    values = {view.low[finding.start : finding.end]: finding for finding in reversed(found)}
    yield from _parts(view, values, covered)
    for value, finding in values.items():
        if finding.label not in _NOT_REPEATED:
            yield from _repeats(view, finding, value, covered)


def _parts(view: View, values: dict[str, Finding], covered: bytearray) -> Iterator[Finding]:
    """Words and initials of the people and firms, wherever they stand alone."""
    wanted: dict[str, Finding] = {}
    initials: dict[str, Finding] = {}
    for value, finding in values.items():
        if finding.label == "PERSON":
            words = [word for word in _WORDS.findall(value) if word not in TITLES]
            for word in words:
                if len(word) > 2 and word not in PARTICLES:
                    wanted.setdefault(word, finding)
            if len(words) > 1:
                initials.setdefault("".join(word[0] for word in words if word not in PARTICLES), finding)
        elif finding.label == "ORGANISATION":
            for word in _firm_words(value):
                wanted.setdefault(word, finding)
    if wanted or initials:
        yield from _named(view, tokens(view), wanted, covered)
        yield from _abbreviated(view, initials, covered)


def _firm_words(value: str) -> list[str]:
    """Words by which a firm is called for short: those that no everyday text holds."""
    known = lexicon()
    words = [word for word in _WORDS.findall(value) if word not in LEGAL and word not in LEGAL_UPPER]
    return [
        w
        for w in words
        if len(w) > 3 and not known.get(w, 0) & (_DOUBTFUL | Flag.GIVEN | Flag.SUFFIX | Flag.PARTICLE)
    ]


def _named(view: View, t: Tokens, wanted: dict[str, Finding], covered: bytearray) -> Iterator[Finding]:
    plurals = {f"{word}s" for word in wanted}
    sought = wanted.keys() | plurals
    for i in [i for i, word in enumerate(t.word) if word in sought or "-" in word]:
        word = t.word[i]
        finding = wanted.get(word)
        if finding is None and word in plurals and i and t.word[i - 1] in ("les", "des", "aux"):
            finding = wanted.get(word[:-1])
        if finding is None and "-" in word:
            finding = next((wanted[piece] for piece in word.split("-") if piece in wanted), None)
        if finding is None or covered[t.start[i]] or not _certain(t, i):
            continue
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


def _abbreviated(view: View, initials: dict[str, Finding], covered: bytearray) -> Iterator[Finding]:
    """ "J.D.", "JD" for Jean Dupont: capitals only, two letters at least."""
    for letters, finding in initials.items():
        if not 2 <= len(letters) <= 3:
            continue
        capitals = letters.upper()
        if capitals[0] + capitals[1] not in view.text and f"{capitals[0]}.{capitals[1]}" not in view.text:
            continue
        dotted = ".".join(capitals) + "."
        for written in (dotted, dotted[:-1], capitals):
            at = view.text.find(written)
            while at >= 0:
                end = at + len(written)
                alone = not view.text[at - 1 : at].isalnum() and not view.text[end : end + 1].isalnum()
                # Two bare capitals are often a unit or a country: they must stand as a signature does.
                if alone and not covered[at] and (written != capitals or _signs(view, at, end)):
                    yield Finding(at, end, finding.label, 0.5, "document_pass", _REASON)
                at = view.text.find(written, end)


def _signs(view: View, start: int, end: int) -> bool:
    line_start, line_end = view.low.rfind("\n", 0, start) + 1, view.low.find("\n", end)
    alone = (
        not view.low[line_start:start].strip(" -–—")
        and not view.low[end : line_end if line_end >= 0 else None].strip()
    )
    return alone or (view.low[start - 1 : start] in ("(", "/") and view.low[end : end + 1] in (")", "/"))


def _repeats(view: View, finding: Finding, value: str, covered: bytearray) -> Iterator[Finding]:
    if len(value) < _SHORTEST or (value.isdigit() and len(value) < 6):
        return
    if finding.label in ("PERSON", "ORGANISATION", "LOCATION") and lexicon().get(value, 0) & _DOUBTFUL:
        return  # followed word by word above, with the guard against everyday words
    if view.low.count(value) < 2:
        return
    at = view.low.find(value)
    while at >= 0:
        end = at + len(value)
        inside = view.low[at - 1 : at].isalnum() and value[0].isalnum()
        if not inside and not view.low[end : end + 1].isalnum() and not all(covered[at:end]):
            yield Finding(at, end, finding.label, finding.score, "document_pass", _REASON)
        at = view.low.find(value, end)
