"""Facts that count only when they are someone's: health, religion, union, conviction (RGPD art. 9, 10).

A term is a finding when the same sentence, or the one before, speaks of a given person: a name, a
title, "ma fille", "elle", "le salarié". A general question about nobody is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recognisers._context import eponym
from egide.detection.recognisers._cues import ROLES
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import LOWER, Tokens, tokens
from egide.detection.view import View

_POINTING: Final = frozenset(
    ["mon", "ma", "mes", "son", "sa", "ses", "notre", "votre", "leur", "ton", "ta", "my", "his", "her"]
).union(["ce", "cet", "cette"])
_INITIAL_TITLES: Final = frozenset(["m", "me"])
_PRONOUNS: Final = frozenset(["il", "elle", "lui", "celui-ci", "celle-ci", "he", "she"])
_IMPERSONAL: Final = frozenset(["faut", "y", "s'agit", "est", "pleut", "peut"])
_MINE: Final = re.compile(
    r"\b(?:je suis|j'ai|je souffre|je prends|je fais|suis|m'a prescrit|mon medecin|mon handicap)\b"
)
# It begins with a set of characters: the search passes over the others at once.
_SENTENCE: Final = re.compile(r"[.!?\n](?:(?<=\n)\s*\n|(?<!\n)(?:\s|$))")
# A fact goes on over its complements, up to a mark or a word that begins another clause.
_COMPLEMENT: Final = re.compile(
    r"(?: (?:d[eu]|des|aux?|a|la|le|les|son|sa|ses|mon|ma|une?|en|par|pour|apres|type|stade|"
    r"suite a|sous|droite?|gauche)"
    r"|[ ](?:[dl]'))*(?: ?[^\W_][^\W_'’-]*)?(?: (?:d[eu]|des|aux?|a la|en|pour)(?: (?:la|le|les|"
    r"son|sa|ses|mon|ma|l'))? ?[^\W_]+){0,2}(?: depuis (?:[0-9]+ )?[^\W_]+(?: [0-9]+| [a-z]+)?)?"
)
_SHORT: Final = re.compile(
    r"(?: (?:droite?|gauche|chroniques?|severes?|aigue?s?|professionnel(?:le)?|graves?|legere?s?|"
    r"avance|operee?|[a-z]{3,}(?:ique|aire|ale|aux|euse|if|ive)s?\b))*"
)
_STOP: Final = re.compile(
    r" (?:et|mais|donc|qui|que|car|jusqu|ce|cette|il|elle|je|dans|pendant|avant|avec|lundi|mardi|"
    r"mercredi|jeudi|vendredi|hier|demain)\b"
)


def tied(view: View, start: int, end: int) -> bool:
    """The text around ``start`` to ``end`` speaks of a given person."""
    low = view.low
    head = max(0, start - 220)
    marks = [match.end() for match in _SENTENCE.finditer(low, head, start)]
    first = marks[-2] if len(marks) > 1 else head
    own = marks[-1] if marks else head
    stop = _SENTENCE.search(low, end)
    last = stop.start() if stop else min(len(low), end + 160)
    t = tokens(view)
    return _named(t, first, last) or _referred(t, own, last) or bool(_MINE.search(low, own, last))


def _named(t: Tokens, first: int, last: int) -> bool:
    """A person is named between two characters."""
    for i in range(bisect_left(t.start, first), bisect_left(t.start, last)):
        flags = t.flags[i]
        titled = flags & Flag.TITLE or t.word[i] in _INITIAL_TITLES
        if titled and i + 1 < t.size and t.capital[i + 1] and not t.flags[i + 1] & Flag.OPENER:
            return True
        if flags & (Flag.NEVER | Flag.COMMON):  # a title is a common word too: looked at above
            continue
        known = flags & Flag.GIVEN_STRONG and not flags & (Flag.AMBIGUOUS | Flag.TOWN)
        surname = flags & Flag.SURNAME_STRONG and t.shape[i] != LOWER and not t.opens[i]
        if (known or surname) and not eponym(t, i):
            return True
    return False


def _referred(t: Tokens, first: int, last: int) -> bool:
    """A given person is meant without a name: "elle", "ma fille", "le patient"."""
    for i in range(bisect_left(t.start, first), min(bisect_left(t.start, last), t.size - 1)):
        word, following = t.word[i], t.word[i + 1]
        if word in _PRONOUNS and not (word == "il" and following in _IMPERSONAL):
            return True
        if word in _POINTING and following in ROLES:
            return True
    return False


_LEAD: Final = re.compile(
    r"(?:(?:\b(?:en|suit|une?|la|le|les|des|son|sa|ses|mon|ma|mes|est|sous|deux)|l'|\bd'une?) ?)+$"
)


def phrase_start(view: View, start: int) -> int:
    """Start of a fact with its article or possessive ("son insuline", "en fauteuil roulant")."""
    match = _LEAD.search(view.low, max(0, start - 12), start)
    return match.start() if match and match.end() == start else start


def phrase_end(view: View, end: int) -> int:
    """End of a fact with its complements ("hernie discale", "prothèse de hanche")."""
    match = _SHORT.match(view.low, end)
    end = match.end() if match else end
    match = _COMPLEMENT.match(view.low, end)
    stop = match.end() if match else end
    cut = _STOP.search(view.low, end, stop)
    return cut.start() if cut else stop


def heads(source: str) -> set[str]:
    """Literals one of which begins every match of a pattern's source."""
    found: set[str] = set()
    depth = start = 0
    for at, mark in enumerate(source + "|"):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            found |= _beginnings(source[start:at])
            start = at + 1
    # A head that begins with another head is found by it.
    return {one for one in found if not any(one != other and one.startswith(other) for other in found)}


_PLAIN: Final = re.compile(r"[a-z |'-]+")


def _beginnings(branch: str) -> set[str]:
    """Literals that begin one alternative; a group of plain words is gone through: "(?:mois|ans) ferme"."""
    literal = re.match(r"[a-z '-]*", branch)
    text = literal.group() if literal else ""
    rest = branch[len(text) :]
    if rest[:1] in ("?", "*"):
        return {text[:-1]}
    if not rest.startswith("(?:"):
        return {text}
    close = _closing(rest)
    inner, after = rest[3:close], rest[close + 1 :]
    if after[:1] in ("?", "*"):
        # An optional group may be absent: the match may also begin with what follows it.
        return {text} if text else heads(inner) | heads(after[1:])
    if not _PLAIN.fullmatch(inner):
        return {text + one for one in heads(inner)}
    return {text + one + two for one in inner.split("|") for two in _beginnings(after)}


def _closing(source: str) -> int:
    depth = 0
    for at, mark in enumerate(source):
        depth += (mark == "(") - (mark == ")")
        if not depth:
            return at
    return len(source)


# One index for all recognisers of facts: the beginning of a word gives what to look for, and for whom.
# One look at the words of a text then tells which of their thousand terms may be there, mostly none.
_INDEX: Final[defaultdict[str, list[tuple[str, int, str, str]]]] = defaultdict(list)


def _enter(recogniser: str, literal: str) -> None:
    """Enter a literal under the beginning of its longest word, the rarest thing to look for."""
    pieces = re.split("[ '-]", literal)
    word = max(pieces, key=len)
    # The last word may go on ("elu" in "elue"): a short one is entered with every letter too.
    ends = ("", *ascii_lowercase) if len(word) == 3 and word == pieces[-1] else ("",)
    for end in ends:
        _INDEX[word[:4] + end].append((word, _offset(word, pieces), recogniser, literal))


def _offset(word: str, pieces: Sequence[str]) -> int:
    """Where ``word`` begins in the literal of these pieces, a mark apart each."""
    return sum(len(piece) + 1 for piece in pieces[: pieces.index(word)])


def _spotted(view: View) -> dict[str, list[int]]:
    """Places of the literals that are there, by recogniser; computed once for a view."""
    found = view.__dict__.get("_spotted")
    if isinstance(found, dict):
        return found
    places: defaultdict[str, list[int]] = defaultdict(list)
    view.__dict__["_spotted"] = places
    for there in view.starting(_INDEX.keys()):
        for word, offset, recogniser, literal in _INDEX[there[:4]]:
            if there.startswith(word):
                starts = [at - offset for at, _ in view.places(there)]
                places[recogniser] += [at for at in starts if at >= 0 and view.low.startswith(literal, at)]
    return places


def facts(
    label: str, recogniser: str, reason: str, terms: str, *, whole: bool = True
) -> Callable[[View], Iterator[Finding]]:
    """A search for ``terms`` (alternatives) tied to a person; ``whole`` takes their complements too.

    The text is searched for the literals that begin the terms, far faster than for the alternatives.
    """
    pattern = re.compile(rf"(?:{terms})\b")
    for literal in heads(terms):
        _enter(recogniser, literal)

    def search(view: View) -> Iterator[Finding]:
        low, past = view.low, -1
        for at in sorted(_spotted(view).get(recogniser, ())):
            if at < past or (at and low[at - 1].isalnum()):
                continue
            match = pattern.match(low, at)
            if not match or not tied(view, at, match.end()):
                continue
            past = phrase_end(view, match.end()) if whole else match.end()
            yield Finding(phrase_start(view, at) if whole else at, past, label, 0.7, recogniser, reason)

    return search
