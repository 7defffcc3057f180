"""Every phrase of an index in the words of a text: one step for all places at once, then the next word.

A phrase goes on with the next word, or with the one after the small words that follow. At most one of
its words may hold a typo. A word of the list may also be written in two ("Talbour det").
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from egide.detection.knowledge.compiling import COMPLETE
from egide.detection.knowledge.cutting import Marks, Places, within
from egide.detection.knowledge.hashing import Names, chain
from egide.detection.knowledge.index import Index

_MOST_WORDS: Final = 12


class Options(NamedTuple):
    """What the words of a text may be: word ``word[i]`` (in order) may be ``name[i]``, by a typo or not."""

    word: Places
    name: Names
    typo: Marks


class Found(NamedTuple):
    """Phrases found, as parallel arrays: first and last word, place in the index, by a typo or not."""

    first: Places
    last: Places
    place: Places
    typo: Marks


def walk(index: Index, options: Options, block: Places, links: Marks) -> Found:
    """The phrases of ``index``; ``block`` and ``links`` tell which words follow each other."""
    after = _after_links(block, links)
    zero = np.zeros(len(options.word), np.uint64)
    now, name = Found(options.word, options.word, options.word, options.typo), chain(zero, options.name)
    complete = []
    for _ in range(_MOST_WORDS):
        place, there = index.phrases.look(name)
        now = Found(now.first[there], now.last[there], place[there], now.typo[there])
        name = name[there]
        if not len(name):
            break
        ended = (index.told[now.place] & COMPLETE).astype(np.bool_)
        complete.append(Found(now.first[ended], now.last[ended], now.place[ended], now.typo[ended]))
        now, name = _step(now, name, options, after)
    return Found(*map(np.concatenate, zip(*complete, strict=True))) if complete else now


def _after_links(block: Places, links: Marks) -> tuple[Places, Places]:
    """The next word of each word, and the next that is no small word; the number of words where none is."""
    size = len(block)
    following = np.arange(1, size + 1)
    solid = np.full(size + 1, size)
    np.copyto(solid[:-1], following - 1, where=~links)
    beyond = np.minimum.accumulate(solid[::-1])[::-1][1:]
    bounds = np.full(size + 1, -1)
    bounds[:-1] = block
    over = (bounds[beyond] == block) & (beyond > following)
    return np.where(bounds[1:] == block, following, size), np.where(over, beyond, size)


def _step(now: Found, name: Names, options: Options, after: tuple[Places, Places]) -> tuple[Found, Names]:
    """Every way for the phrases begun to go on by one word."""
    word = np.concatenate([after[0][now.last], after[1][now.last]])
    going = (word < len(after[0])).nonzero()[0]
    begun, word = going % len(name), word[going]
    chosen = word
    if len(options.word) != len(after[0]):  # some words may be several
        begun, word, chosen = _each(now, options, begun, word)
    typo = now.typo[begun] | options.typo[chosen]
    return Found(now.first[begun], word, word, typo), chain(name[begun], options.name[chosen])


def _each(now: Found, options: Options, begun: Places, word: Places) -> tuple[Places, Places, Places]:
    """All that each word may be, but never a second typo."""
    start = options.word.searchsorted(word)
    count = options.word.searchsorted(word, "right") - start
    chosen = np.repeat(start, count) + within(count)
    begun, word = np.repeat(begun, count), np.repeat(word, count)
    once = ~(now.typo[begun] & options.typo[chosen])
    return begun[once], word[once], chosen[once]
