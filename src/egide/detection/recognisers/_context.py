"""What stands before a possible name: a cue for a person, a street, a theorem or a dish."""

from __future__ import annotations

from typing import Final

from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import Tokens

_LINKS: Final = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "a",
        "au",
        "aux",
        "en",
        "chez",
        "avec",
        "par",
        "pour",
        "et",
        "que",
        "qu",
        "ma",
        "mon",
        "sa",
        "son",
        "ta",
        "ton",
        "notre",
        "votre",
        "leur",
        "nos",
        "vos",
        "mes",
        "ses",
        "tes",
        "cette",
        "ce",
        "un",
        "une",
        "est",
        "s'appelle",
        "appelle",
    ]
)
_NOT_STREETS: Final = frozenset(["cours", "all", "res", "port", "pont", "via", "vieux", "pl", "che", "main"])
CUE: Final = Flag.GREETING | Flag.ROLE | Flag.CALL | Flag.TITLE
_BEFORE_PERSON: Final = frozenset(
    ["avec", "chez", "par", "pour", "a", "et", "que", "dixit", "via", "selon", "d'apres", "sauf"]
)


def eponym(t: Tokens, i: int) -> bool:
    """Word ``i`` is the name of a law, a theorem, a dish, a saint, a school: "loi Evin", "de Thalès"."""
    own = t.flags
    if i > 2 and not (own[i - 1] | own[i - 2] | own[i - 3]) & Flag.EPONYM:
        return False  # as for most words
    reach = i - 1
    for _ in range(3):
        if reach < 0 or t.opens[reach + 1]:
            return False
        if t.flags[reach] & Flag.EPONYM and not t.flags[reach] & Flag.ROLE:
            return True
        if t.word[reach] not in _LINKS and reach != i - 1:
            return False
        reach -= 1
    return False


def street(t: Tokens, i: int) -> bool:
    """Word ``i`` goes on the name of a street, a place or a hall."""
    return t.joined[i] and bool(t.flags[i - 1] & Flag.STREET) and t.word[i - 1] not in _NOT_STREETS


def cue(t: Tokens, i: int) -> bool:
    """A greeting, a role, a call, or a title stands just before word ``i``, links skipped."""
    own = t.flags
    if i > 2 and not (own[i - 1] | own[i - 2] | own[i - 3]) & CUE:
        return False  # as for most words
    reach = i - 1
    for _ in range(3):
        if reach < 0:
            return False
        gap = t.gap[reach + 1]
        if gap != " " and gap.strip(" ,:'-\"«"):  # a break: line, sentence, bracket
            return False
        if t.flags[reach] & CUE:
            return True
        if t.word[reach] not in _LINKS:
            return False
        reach -= 1
    return False


def preposition(t: Tokens, i: int) -> bool:
    """A word that often introduces a person stands just before."""
    return t.joined[i] and t.word[i - 1] in _BEFORE_PERSON
