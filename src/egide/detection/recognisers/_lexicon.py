"""What a folded word may be: the packaged list of the open data, and the cues of grammar and usage.

The list is built by ``training/build_lists.py`` and read once, at first use; ``_cues`` is written by
hand. A word often has several flags ("rose", "marchand", "paris").
"""

from __future__ import annotations

import gzip
from enum import IntFlag
from functools import cache
from importlib.resources import files

from egide.detection.recognisers import _cues


class Flag(IntFlag):
    """What a word may be."""

    GIVEN = 1
    GIVEN_STRONG = 2
    SURNAME = 4
    SURNAME_STRONG = 8
    COMMON = 16
    TOWN = 32
    BIG_TOWN = 64
    FIGURE = 128
    TITLE = 256
    PARTICLE = 512
    GREETING = 1024
    ROLE = 2048
    CALL = 4096
    EPONYM = 8192
    NEVER = 16384
    AMBIGUOUS = 32768
    OPENER = 65536
    LEGAL = 131072
    KIND = 262144
    STREET = 524288
    SUFFIX = 1048576


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
        words.update(dict.fromkeys(row.split(" "), int(flags)))
    return words


@cache
def lexicon() -> dict[str, int]:
    """Flags of every known word, cues included; absent words have none."""
    words = listed()
    for flag, row in _CUES.items():
        for word in row:
            words[word] = words.get(word, 0) | int(flag)
    return words
