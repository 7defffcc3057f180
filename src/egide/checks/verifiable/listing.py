"""The list of what to verify in one answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from egide.checks.verifiable.item import Item, discover
from egide.detection.view import View, fold

MOST: Final = 100
_SPACES: Final = re.compile(r"\s+")


def to_verify(answer: str, sent: Iterable[str] = ()) -> list[Item]:
    """In order, each wording once, at most ``MOST``; what stands word for word in ``sent`` is left out."""
    view = View(answer)
    known = _packed(" ".join(sent))
    seen: set[tuple[str, str]] = set()
    listed = []
    for item in sorted(_apart(view)):
        words = _packed(answer[item.start : item.end])
        if (item.kind, words) in seen or (known and _stands(words, known)):
            continue
        seen.add((item.kind, words))
        listed.append(item)
        if len(listed) == MOST:
            break
    return listed


def _apart(view: View) -> Iterator[Item]:
    """Without overlap: the kind of the smaller rank wins."""
    taken = bytearray(len(view.text))
    for kind in discover():
        for item in kind.find(view):
            if item.end > item.start and not any(taken[item.start : item.end]):
                taken[item.start : item.end] = b"\1" * (item.end - item.start)
                yield item


def _packed(text: str) -> str:
    return _SPACES.sub(" ", fold(text)).strip()


def _stands(words: str, known: str) -> bool:
    """Whether ``words`` stand in ``known`` as they are, not as a part of a longer number or word."""
    at = known.find(words)
    while at >= 0:
        before, after = known[at - 1 : at], known[at + len(words) : at + len(words) + 1]
        if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
            return True
        at = known.find(words, at + 1)
    return False
