"""Every mapping of a file, with where it is and under which id: what the checks walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping. ``place``: its keys from the root, without positions; ``id``: its own, else its holder's."""

    place: str
    id: str
    content: dict[str, Any]

    @property
    def is_source(self) -> bool:
        """Whether it is a page or a text that facts cite."""
        return "title" in self.content and "url" in self.content


def nodes(content: Any, place: str = "", holder: str = "") -> Iterator[Node]:
    """Each mapping, outermost first."""
    if isinstance(content, list):
        for one in content:
            yield from nodes(one, place, holder)
    elif isinstance(content, dict):
        own = next((content[key] for key in ("id", "key", "name") if isinstance(content.get(key), str)), "")
        node = Node(place, own or holder, content)
        yield node
        for key, value in content.items():
            # A mapping of sources has its ids for keys.
            inside = str(key) if place == "" and key != "sources" else f"{place}.{key}".lstrip(".")
            yield from nodes(value, inside, str(key) if place == "sources" else node.id)
