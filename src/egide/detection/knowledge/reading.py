"""The words of a view and their names, computed once for the lists and the copies under the same key."""

from __future__ import annotations

from dataclasses import dataclass

from egide.detection.knowledge.cutting import Words, cut
from egide.detection.knowledge.hashing import Namer, Names
from egide.detection.view import View


@dataclass(frozen=True, slots=True)
class Reading:
    """``names[i]`` is the keyed name of word ``i``, from ``starts[i]`` to ``ends[i]``."""

    namer: Namer
    words: Words
    names: Names
    starts: list[int]
    ends: list[int]


def read(view: View, namer: Namer) -> Reading:
    """The words of ``view`` under the key of ``namer``."""
    found = view.__dict__.get("_reading")
    if isinstance(found, Reading) and found.namer.same(namer):
        return found
    words = cut(view.low)
    made = Reading(namer, words, namer.of_words(words), words.start.tolist(), words.end.tolist())
    view.__dict__["_reading"] = made
    return made
