"""What a folded word may be: the packaged list of the open data, and the cues of grammar and usage.

The list is built by ``training/build_lists.py`` and read once, at first use; ``_cues`` is written by
hand. A word often has several flags ("rose", "marchand", "paris").
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import Final

from egide.detection.recognisers import _cues


class Flag:
    """What a word may be. Plain integers: an enumeration's ``&`` costs fifty times more."""

    GIVEN: Final = 1
    GIVEN_STRONG: Final = 2
    SURNAME: Final = 4
    SURNAME_STRONG: Final = 8
    COMMON: Final = 16
    TOWN: Final = 32
    BIG_TOWN: Final = 64
    FIGURE: Final = 128
    TITLE: Final = 256
    PARTICLE: Final = 512
    GREETING: Final = 1024
    ROLE: Final = 2048
    CALL: Final = 4096
    EPONYM: Final = 8192
    NEVER: Final = 16384
    AMBIGUOUS: Final = 32768
    OPENER: Final = 65536
    LEGAL: Final = 131072
    KIND: Final = 262144
    STREET: Final = 524288
    SUFFIX: Final = 1048576
    NAME: Final = 2097152
    """A first name or a surname that is no everyday word; follows from the others."""


NAMED: Final = Flag.GIVEN | Flag.SURNAME


def named(flags: int) -> int:
    """``flags`` with, or without, the one that follows from the others."""
    name = flags & NAMED and not flags & Flag.COMMON
    return flags | Flag.NAME if name else flags & ~Flag.NAME


_CUES = {
    Flag.TITLE: _cues.TITLES,
    Flag.PARTICLE: _cues.PARTICLES,
    Flag.GREETING | Flag.COMMON: _cues.GREETINGS,
    Flag.ROLE | Flag.COMMON: _cues.ROLES,
    Flag.CALL | Flag.COMMON: _cues.CALLS,
    Flag.EPONYM | Flag.COMMON: _cues.EPONYMS,
    Flag.NEVER: _cues.NEVER,
    Flag.AMBIGUOUS: _cues.AMBIGUOUS,
    Flag.OPENER | Flag.COMMON: _cues.OPENERS,
    Flag.LEGAL: _cues.LEGAL,
    Flag.KIND | Flag.COMMON: _cues.KINDS,
    Flag.STREET: _cues.STREETS,
    Flag.SUFFIX: _cues.SUFFIXES,
}


@cache
def listed() -> dict[str, int]:
    """Flags of every word of the packaged list."""
    packed = files("egide.detection").joinpath("lists/lexicon.txt.gz").read_bytes()
    words: dict[str, int] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        flags, _, row = line.partition("\t")
        words.update(dict.fromkeys(row.split(" "), named(int(flags))))
    return words


@cache
def lexicon() -> dict[str, int]:
    """Flags of every known word, cues included; absent words have none."""
    words = listed()
    for flag, row in _CUES.items():
        for word in row:
            words[word] = named(words.get(word, 0) | flag)
    return words
