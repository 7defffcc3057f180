"""Every phrase of an index in the words of a text: one step for all places at once, then the next word.

A phrase goes on with the next word, or with the one after the small words that follow. At most one of
its words may hold a typo. A word of the list may also be written in two ("Talbour det").
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

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
    start = np.zeros(len(block) + 1, np.int64)
    np.bincount(options.word, minlength=len(block)).cumsum(out=start[1:])
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
        now, name = _step(now, name, options, start, after)
    return Found(*map(np.concatenate, zip(*complete, strict=True))) if complete else now


def _after_links(block: Places, links: Marks) -> tuple[Places, Places]:
    """The next word of each word, and the next that is no small word; the number of words where none is."""
    size = len(block)
    following = np.arange(1, size + 1)
    solid = np.append(np.where(links, size, np.arange(size)), size)
    beyond = np.minimum.accumulate(solid[::-1])[::-1][1:]
    bounds = np.append(block, -1)
    return (
        np.where(bounds[following] == block, following, size),
        np.where((bounds[beyond] == block) & (beyond > following), beyond, size),
    )


def _step(
    now: Found, name: Names, options: Options, start: Places, after: tuple[Places, Places]
) -> tuple[Found, Names]:
    """Every way for the phrases begun to go on by one word."""
    begun = np.concatenate([np.arange(len(name))] * 2)
    word = np.concatenate([after[0][now.last], after[1][now.last]])
    going = word < len(start) - 1
    begun, word = begun[going], word[going]
    count = start[word + 1] - start[word]
    chosen = np.repeat(start[word], count) + within(count)
    begun, word = np.repeat(begun, count), np.repeat(word, count)
    twice: NDArray[np.bool_] = now.typo[begun] & options.typo[chosen]
    begun, word, chosen = begun[~twice], word[~twice], chosen[~twice]
    typo = now.typo[begun] | options.typo[chosen]
    return Found(now.first[begun], word, word, typo), chain(name[begun], options.name[chosen])
