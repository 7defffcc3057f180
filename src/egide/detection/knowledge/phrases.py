"""From what a line of a list holds to the words by which a text may name it.

    of_term("SARL Le Comptoir de l'Ouest") -> (comptoir, ouest), and comptoirdelouest in one word
    of_person("Rose", "Marchand")          -> both orders, R. Marchand, Marchand alone

Titles, legal forms and what stands in brackets are left aside; small words ("de", "la") are skipped, in
the list and in the text. A phrase is *weak* when it is also an everyday word: see ``context``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from egide.detection.recognisers._cues import LEGAL, LEGAL_UPPER, TITLES
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import LETTER, fold

LINKS: Final = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "un", "une", "sur"]
)
_LEADING: Final = LINKS - {"a", "en", "sur", "et"}
_FORMS: Final = LEGAL | LEGAL_UPPER
# What a name is often said without: "Éclipse" for "Projet Éclipse".
_HEADS: Final = frozenset(
    ["projet", "programme", "operation", "mission", "groupe", "societe", "client", "produit", "gamme"]
)
_WORD: Final = re.compile(f"[{LETTER}]+|[0-9]+")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_MOST: Final = 12
_SHORT_NAME, _SHORT_WORD = 3, 4
_EVERYDAY: Final = Flag.COMMON | Flag.OPENER | Flag.NEVER
_GIVEN: Final = Flag.GIVEN | Flag.GIVEN_STRONG


class Phrase(NamedTuple):
    """Folded words in their order, without links."""

    words: tuple[str, ...]
    weak: bool = False


def of_term(text: str) -> list[Phrase]:
    """How a client, a supplier, a project or a product may be written; nothing when too short to be told
    from anything else (one character, or figures alone)."""
    words = _bare(_cut(_ASIDE.sub(" ", text)) or _cut(text))
    found = _written(words)
    if found and len(words) > 1 and words[0] in _HEADS:
        # A part of the term, and often an everyday word: it counts in context only.
        found += [Phrase(phrase.words, weak=True) for phrase in _written(_bare(words[1:]))]
    return found


def of_person(given: str, surname: str) -> list[Phrase]:
    """How a person may be named, also by the surname alone."""
    first, last = _cut(given), _bare(_cut(surname), TITLES)
    if not last or sum(map(len, last)) < 2:
        return []
    found = [Phrase(last, _weak(last))]
    if first:
        initial = (first[0][0],)
        found += [Phrase(some) for some in (first + last, last + first, initial + last, last + initial)]
    return found


def of_full_name(text: str) -> list[Phrase]:
    """The same when both stand in one cell: the surname is what is in capitals, or no given name."""
    before, comma, after = _ASIDE.sub(" ", text).partition(",")
    if comma and _cut(after):
        return of_person(after, before)
    written = [word for word in before.split() if _cut(word)]
    while len(written) > 1 and "".join(_cut(written[0])) in TITLES:
        del written[0]
    shouted = [word for word in written if word.isupper() and len(word) > 1]
    surname = shouted if 0 < len(shouted) < len(written) else [w for w in written if not _is_given(w)]
    if not 0 < len(surname) < len(written):
        surname = written[-1:]
    rest = [word for word in written if word not in surname]
    return of_person(" ".join(rest), " ".join(surname))


def _written(words: tuple[str, ...]) -> list[Phrase]:
    """Word by word, and in one word."""
    kept = _without_links(words)[:_MOST]
    if sum(map(len, kept)) < 2 or all(word.isdigit() for word in kept):
        return []
    found = [Phrase(kept, _weak(kept))]
    if len(words) > 1 and all(word.isalpha() for word in words):
        joined = ("".join(words),)
        found.append(Phrase(joined, _weak(joined)))
    return found


def _cut(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def _is_given(word: str) -> bool:
    return bool(lexicon().get(fold(word).split("-")[0], 0) & _GIVEN)


def _bare(words: tuple[str, ...], aside: frozenset[str] = TITLES | _FORMS) -> tuple[str, ...]:
    """Without the titles and legal forms around, nor the article before."""
    while len(words) > 1 and (words[0] in aside or words[0] in _LEADING):
        words = words[1:]
    while len(words) > 1 and words[-1] in _FORMS:
        words = words[:-1]
    return words


def _without_links(words: tuple[str, ...]) -> tuple[str, ...]:
    """The first and the last word always stay: a "Projet A" is not a "Projet"."""
    inner: Iterator[str] = (word for word in words[1:-1] if word not in LINKS)
    return (*words[:1], *inner, *words[-1:]) if len(words) > 1 else words


def _weak(words: tuple[str, ...]) -> bool:
    """An everyday word, a very short name, or nothing but small everyday words ("Bon Coin")."""
    if len(words) == 1:
        return len(words[0]) <= _SHORT_NAME or _everyday(words[0])
    strong = [word for word in words if not _everyday(word) or len(word) > _SHORT_WORD]
    return len(strong) < 2 and all(map(_everyday, words))


def _everyday(word: str) -> bool:
    known = lexicon().get
    return word in LINKS or bool((known(word, 0) | known(word.rstrip("sx"), 0)) & _EVERYDAY)
