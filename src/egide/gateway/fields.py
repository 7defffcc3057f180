"""The words in which a dialect says what it knows of a request: one node per field, with its treatment.

A dialect is a tree of nodes. ``read`` gives the value to send, and notes the texts on the way; what no
node knows is refused (EG-4002), a wrong shape too (EG-4003), and what cannot be read (EG-4004). The same
tree gives the table of the documentation: ``rows``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from egide.errors import GatewayError
from egide.gateway.slots import Kind, Slot, Walk, into

Put = Callable[[Any], None]
DROP: Final = object()  # the field is not sent
_NAME = re.compile(r"[A-Za-z0-9_.:/@+-]{1,128}")


class Node(Protocol):
    """One field: how it is read, and how the documentation tells it."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        """The value to send, or ``DROP``. ``put`` will write another one in its place."""

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        """(field, treatment in French) of this field and of those below."""


def wrong(path: str) -> GatewayError:
    """The shape of this field is not the one expected."""
    return GatewayError("EG-4003", field=path)


@dataclass(frozen=True)
class Plain:
    """A number, a boolean or null: sent as it is."""

    types: tuple[type, ...]

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is not None and type(value) not in self.types:
            raise wrong(path)
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "transmis tel quel (nombre ou booléen)"


NUMBER: Final = Plain((int, float))
FLAG: Final = Plain((bool,))


class Word:
    """A word of a closed list: sent as it is."""

    def __init__(self, *words: str) -> None:
        self.words = frozenset(words)

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is not None and (type(value) is not str or value not in self.words):
            raise wrong(path)
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "transmis tel quel (mot d'une liste fermée)"


class Text:
    """Free text: analysed and masked."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not str:
            raise wrong(path)
        walk.add(Slot(path, value, put))
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "analysé et masqué"


class Written(Text):
    """Free text where the protocol also takes numbers of tokens: nobody can read those, they are refused."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if type(value) in (int, list):
            raise GatewayError("EG-4025", field=path)
        return super().read(value, path, walk, put)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "analysé et masqué ; refusé s'il est donné en numéros de tokens"


class Name:
    """An identifier that the caller's program chose: analysed, refused if it holds a value."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not str or not _NAME.fullmatch(value):
            raise wrong(path)
        walk.add(Slot(path, value, put, Kind.NAME))
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "analysé, refusé s'il contient une valeur"


class Token:
    """An identifier that the provider only compares: a keyed stand-in is sent, always the same."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not str:
            raise wrong(path)
        return walk.token(value)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "remplacé par un identifiant dérivé"


class Dropped:
    """Known, and never sent."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        return DROP

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "jamais transmis"


class Unread:
    """An attachment that Égide cannot read: refused."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        raise GatewayError("EG-4004", field=path)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "refusé (pièce jointe non lue)"


@dataclass(frozen=True)
class Obj:
    """An object whose every field is known. ``required`` ones must be there."""

    fields: Mapping[str, Node]
    required: tuple[str, ...] = ()

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not dict:
            raise wrong(path)
        out: dict[str, Any] = {}
        known = self.fields
        for name, item in value.items():
            node = known.get(name)
            where = below(path, name)
            if node is None:
                if not walk.drops:
                    raise GatewayError("EG-4002", field=where)
                walk.dropped += 1
                continue
            read = node.read(item, where, walk, into(out, name))
            if read is not DROP:
                out[name] = read
        for name in self.required:
            if value.get(name) is None:
                raise wrong(below(path, name))
        return out

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        for name, node in self.fields.items():
            yield from node.rows(f"{path}.{name}" if path else name)


@dataclass(frozen=True)
class Seq:
    """A list. ``joined``: its texts are one passage, in which a value may be cut by the parts."""

    item: Node
    joined: bool = False

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not list:
            raise wrong(path)
        if self.joined and len(value) > 1:
            with walk.passage(apart=True):
                return self._items(value, path, walk)
        return self._items(value, path, walk)

    def _items(self, value: list[Any], path: str, walk: Walk) -> list[Any]:
        out: list[Any] = [None] * len(value)
        for i, item in enumerate(value):
            out[i] = self.item.read(item, f"{path}.{i}", walk, into(out, i))
        return out

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield from self.item.rows(f"{path}[]")


@dataclass(frozen=True)
class Either:
    """A field that takes several JSON types: one node for each."""

    text: Node | None = None
    many: Node | None = None
    one: Node | None = None

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        kind = type(value)
        node = self.text if kind is str else self.many if kind is list else self.one
        if node is None or kind not in (str, list, dict):
            raise wrong(path)
        return node.read(value, path, walk, put)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        for node in (self.text, self.many, self.one):
            if node is not None:
                yield from node.rows(path)


@dataclass(frozen=True)
class Tagged:
    """Objects told apart by a word (``type``, ``role``); ``unread`` words are attachments.

    ``untagged`` is the word of an object that has none. ``provided`` words are tools that the provider runs
    itself: one that is allowed may be named, and has no other field until it is described here.
    """

    cases: Mapping[str, Node]
    tag: str = "type"
    unread: frozenset[str] = field(default=frozenset())
    untagged: str | None = None
    provided: frozenset[str] = field(default=frozenset())

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        word = value.get(self.tag, self.untagged) if type(value) is dict else None
        if type(word) is not str:
            raise wrong(below(path, self.tag))
        if word in self.unread:
            raise GatewayError("EG-4004", field=path)
        if word in self.provided:
            if word not in walk.tools:
                raise GatewayError("EG-4020", tool=word, field=path)
            return Obj({self.tag: Word(word)}).read(value, path, walk, put)
        node = self.cases.get(word)
        if node is None:
            raise GatewayError("EG-4002", field=below(path, self.tag))
        return node.read(value, path, walk, put)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        for word, node in self.cases.items():
            yield from node.rows(f"{path}({word})")
        for word in sorted(self.unread):
            yield f"{path}({word})", "refusé (pièce jointe non lue)"
        for word in sorted(self.provided):
            yield f"{path}({word})", "refusé (outil exécuté par le fournisseur)"


_SAFE_STEP = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,40}")


def below(path: str, name: str) -> str:
    """The path of a field. A name that is not one of a field is not repeated: it could be a value."""
    step = name if _SAFE_STEP.fullmatch(name) else "?"
    return f"{path}.{step}" if path else step
