"""Ids are unique in their kind and stay for ever: the database of a company holds them.

A kind is a list of a file (``training/modules.quiz``). ``ids.txt`` keeps every id that was shipped, a
kind and an id a line, sorted: one that is gone breaks what companies recorded, a new one is to be entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from egide.reference.checking.report import Fault
from egide.reference.checking.walking import Node, nodes

LIST: Final = "ids.txt"
# These have no ``id``.
_NAMED: Final = {"charter/variables": "name"}
# These repeat, in full, things of another list.
_REPEATED: Final = frozenset({"prompts/prompts.checklist"})


def ids_of(file: str, content: Any) -> Counter[str]:
    """How many times each id is there, as ``kind id``."""
    return Counter(f"{kind} {one}" for kind, one in _found(file, content))


def duplicates(file: str, found: Counter[str]) -> list[Fault]:
    """Those that are there more than once in their kind."""
    return [Fault(file, one, "identifiant donné deux fois") for one, times in found.items() if times > 1]


def moved(kept: Iterable[str], found: Iterable[str]) -> list[Fault]:
    """Those that were shipped and are gone, and those that are new and not entered."""
    before, after = set(kept), set(found)
    return [
        *(Fault(_file(one), one, "identifiant retiré ou renommé") for one in sorted(before - after)),
        *(Fault(_file(one), one, f"identifiant absent de {LIST}") for one in sorted(after - before)),
    ]


def read_list(text: str) -> frozenset[str]:
    """The ids that were shipped."""
    return frozenset(line.strip() for line in text.splitlines() if line.strip())


def written_list(kept: Iterable[str]) -> str:
    """The file that holds them."""
    return "".join(f"{one}\n" for one in sorted(kept))


def _file(one: str) -> str:
    return one.partition(" ")[0].rpartition("/")[0] + ".yaml"


def _found(file: str, content: Any) -> Iterator[tuple[str, str]]:
    for node in nodes(content):
        kind = f"{file.removesuffix('.yaml')}/{node.place}"
        one = _own(node, kind)
        if one is not None and kind not in _REPEATED and not node.is_source:
            yield kind, one


def _own(node: Node, kind: str) -> str | None:
    found = node.content.get(_NAMED.get(kind, "id"))
    return found if isinstance(found, str) else None
