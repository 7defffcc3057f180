"""Two charters side by side: articles added, removed, and changed word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they are only before (gone), only after (new), or in both."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One article that is not the same. ``kind`` is ``same`` when it is in both, with other words."""

    kind: Kind
    title: str
    pieces: tuple[Piece, ...]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What changes from one content to the other, in the order of the second, then what is gone."""
    old, new = _articles(before), _articles(after)
    found = []
    for name, (title, text) in new.items():
        if name not in old:
            found.append(Change("new", title, (Piece("new", text),)))
        elif old[name][1] != text:
            found.append(Change("same", title, words(old[name][1], text)))
    gone = (name for name in old if name not in new)
    found += [Change("gone", old[name][0], (Piece("gone", old[name][1]),)) for name in gone]
    return tuple(found)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, in order."""
    old, new = before.split(), after.split()
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", " ".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", " ".join(old[a:b])))
        if c < d:
            pieces.append(Piece("new", " ".join(new[c:d])))
    return tuple(pieces)


def _articles(content: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    found = {one["id"]: (one["title"], _text(one["blocks"])) for one in content["articles"]}
    rules = content["rules"]
    said = [f"{table['usage']}, {table['to']} : {' '.join(table['sentences'])}" for table in rules["tables"]]
    services = ", ".join(f"{one['name']} {' '.join(one['models'])}".strip() for one in rules["services"])
    annex = " ".join([f"Services d'IA branchés : {services}.", *said, rules["speech"]])
    return {**found, "_rules": ("Annexe : ce que le filtre fait des données", annex)}


def _text(blocks: list[dict[str, Any]]) -> str:
    return " ".join(one["text"] if one["kind"] == "text" else " ".join(one["items"]) for one in blocks)
