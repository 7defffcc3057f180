"""Every place of a request where a value may stand, drawn from the tree by which the gateway reads it.

Because the positions come from that very tree, a field that the gateway learns to read is planted at
the next run. In a node that is not known to hold text, the proof is that a text is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, Protocol

from egide.gateway.attached_fields import FileNode
from egide.gateway.bodies import Encoded
from egide.gateway.dialect import Dialect
from egide.gateway.endpoints import Closed, endpoints
from egide.gateway.fields import (
    Dropped,
    Either,
    Name,
    Node,
    Obj,
    Plain,
    Seq,
    Tagged,
    Text,
    Token,
    Word,
)
from egide.gateway.json_fields import Json, JsonText, Schema
from egide.gateway.speech import TRANSCRIPTIONS
from egide.server.proof.carriers import PLAIN, carriers

Build = Callable[[str], Any]
Kind = Literal["masked", "hidden", "file", "refused", "withheld", "closed"]
Planting = tuple[str, Kind, Build]


class Sample(Protocol):
    """See ``gateway.dialect.Dialect.sample``."""

    def __call__(self, model: str, *, streamed: bool) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Position:
    """A field of a dialect, named as in the documentation. ``body`` makes a request with a text in it.

    ``sample`` makes the dialect's smallest request. ``kind``: a value there is ``masked``, and must come
    back; so it is in a ``file``; ``hidden``, masked for an answer without text; ``refused`` with the request;
    ``withheld``, never sent; or the field is ``closed``: it takes no text at all. ``streams``: the answer may
    be a stream.
    """

    dialect: str
    path: str
    where: str
    kind: Kind
    build: Build = field(repr=False)
    sample: Sample = field(repr=False)
    streams: bool = True
    carried: bool = False  # in a file
    journey: bool = False  # in a batch: it takes several calls
    encode: Callable[[dict[str, Any]], Encoded] | None = field(default=None, repr=False)  # None: as JSON

    @property
    def read(self) -> bool:
        """Whether the field takes free text, which is analysed and masked."""
        return self.kind in ("masked", "hidden")

    @property
    def name(self) -> str:
        """Dialect and field."""
        return f"{self.dialect} {self.where}"

    def body(self, text: str, model: str, *, streamed: bool) -> dict[str, Any]:
        """The smallest request with the field in it; what a list holds already stays behind it, so that
        there is always something to answer."""
        body = self.sample(model, streamed=streamed)
        for name, planted in self.build(text).items():
            there = body.get(name)
            if isinstance(planted, list) and isinstance(there, list):
                planted = [*planted, *there]
            body[name] = planted
        return body


def positions(dialect: Dialect) -> list[Position]:
    """Every position of a dialect where a text may be planted."""
    request = dialect.request
    streams = "stream" in request.fields
    found = [
        Position(
            dialect.name,
            dialect.path,
            where,
            "hidden" if kind in ("masked", "file") and not dialect.restores else kind,
            _field(name, build),
            dialect.sample,
            streams,
            carried=kind == "file",
        )
        for name, node in request.fields.items()
        if name not in ("model", "stream")
        for where, kind, build in _plantings(node, name)
    ]
    return list(_once(found))


def places(node: Node, name: str) -> Iterator[Planting]:
    """The places below the field ``name``; each builder makes the field."""
    for where, kind, build in _plantings(node, name):
        yield where, kind, _field(name, build)


def heard() -> list[Position]:
    """Those of the form that carries a recording, where a policy lets it be heard; the recording itself is
    no text."""
    found = positions(TRANSCRIPTIONS)
    return [replace(one, encode=TRANSCRIPTIONS.encode) for one in found if one.where != "file"]


def _once(found: Iterable[Position]) -> Iterator[Position]:
    """A plain file wherever a file may stand, each other file at the first of these places: all are read
    alike."""
    seen: set[str] = set()
    for position in found:
        carrier = position.where.rpartition(" (")[2].rstrip(")")
        if not position.carried or carrier == PLAIN or carrier not in seen:
            yield position
        if position.carried:
            seen.add(carrier)


def closed_addresses() -> list[Position]:
    """One for each address that stays closed: no text sent there may leave."""
    closed = [one for one in endpoints().values() if isinstance(one, Closed)]
    return [
        Position(one.name, one.path, "(toute la demande)", "closed", _field("input", str), _named, False)
        for one in dict.fromkeys(closed)
    ]


def _named(model: str, *, streamed: bool) -> dict[str, Any]:
    return {"model": model}


def _field(name: str, build: Build) -> Build:
    return lambda text: {name: build(text)}


def _listed(build: Build) -> Build:
    return lambda text: [build(text)]


def _placed(build: Build, beside: dict[str, Any]) -> Build:
    return lambda text: {**build(text), **beside}


def _plantings(node: Node, path: str) -> Iterator[Planting]:
    """(where, kind, builder of this node's value) for each place below."""
    match node:
        case Seq():
            for where, kind, build in _plantings(node.item, f"{path}[]"):
                yield where, kind, _listed(build)
        case Either():
            for one in _alternatives(node):
                yield from _plantings(one, path)
        case Tagged():
            yield from _cases(node, path)
        case FileNode():
            yield from _files(node, path)
        case Obj():
            for name, child in node.fields.items():
                for where, kind, build in _plantings(child, f"{path}.{name}"):
                    yield where, kind, _placed(_field(name, build), _required(node, name))
        case _:
            for more, kind, build in _leaf(node):
                yield path + more, kind, build


def _cases(node: Tagged, path: str) -> Iterator[Planting]:
    for word, case in node.cases.items():
        yield from _tagged(node.tag, word, case, f"{path}({word})")
    for word in sorted(node.unread | node.provided):
        yield f"{path}({word})", "closed", _placed(_field("texte", str), {node.tag: word})


def _tagged(tag: str, word: str, case: Node, path: str) -> Iterator[Planting]:
    """The places of one case; not the tag itself, where another word is another case."""
    for where, kind, build in _plantings(case, path):
        if where != f"{path}.{tag}":
            yield where, kind, _placed(build, {tag: word})


def _files(node: FileNode, path: str) -> Iterator[Planting]:
    """A file of each kind, and the places of the same part when it holds a text."""
    for carrier, make in carriers(whole=node.documents):
        yield f"{path} ({carrier})", "file", partial(_carried, node, make)
    if node.written is not None:
        yield from _plantings(node.written, path)


def _carried(node: FileNode, make: Callable[[str], tuple[str, str, str]], text: str) -> dict[str, Any]:
    return node.sample(*make(text))


def _leaf(node: Node) -> list[Planting]:
    """The same for a node that has no node below."""
    match node:
        case Text():
            return [("", "masked", str)]
        case Name():
            return [("", "refused", str)]
        case Token() | Dropped():
            return [("", "withheld", str)]
        case Json():
            return [("", "masked", _value), (" (clé)", "masked", _key)]
        case JsonText():
            return [
                ("", "masked", lambda text: json.dumps(_value(text))),
                (" (clé)", "masked", lambda text: json.dumps(_key(text))),
                (" (texte)", "masked", str),
            ]
        case Schema():
            return [
                ("", "masked", lambda text: _schema({"detail": {"type": "string", "description": text}})),
                (" (nom)", "refused", lambda text: _schema({text: {"type": "string"}})),
            ]
    # A number, a closed word, an attachment, or a kind of node of the dialect's own: no text goes through.
    return [("", "closed", str)]


def _alternatives(node: Either) -> list[Node]:
    return [one for one in (node.text, node.many, node.one) if one is not None]


def _value(text: str) -> dict[str, Any]:
    return {"detail": [text]}


def _key(text: str) -> dict[str, Any]:
    return {text: "oui"}


def _required(node: Obj, but: str) -> dict[str, Any]:
    return {name: _sample(node.fields[name]) for name in node.required if name != but}


def _sample(node: Node) -> Any:
    """A harmless value that the node accepts."""
    match node:
        case Plain():
            return 1 if int in node.types else True
        case Word():
            return min(node.words)
        case Name():
            return "exemple"
        case Json():
            return {}
        case JsonText():
            return "{}"
        case Schema():
            return _schema({})
        case Seq():
            return [_sample(node.item)]
        case Either():
            return _sample(_alternatives(node)[0])
        case Tagged():
            word, case = next(iter(node.cases.items()))
            return {**_sample(case), node.tag: word}
        case Obj():
            return _required(node, "")
    return "bonjour"


def _schema(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}
