"""Nodes for parts of a message that carry a file: read as text, which takes the place of the part.

A file that is elsewhere (a web address, the number of a file kept by the provider) cannot be read here:
refused, and the reason is told (EG-4056).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final, Protocol, runtime_checkable

from egide.errors import GatewayError
from egide.gateway.fields import Node, Put, below, wrong
from egide.gateway.slots import Attachment, Walk

TREATMENT: Final = (
    "fichier lu ; son texte, analysé et masqué, part à sa place ; refusé s'il n'est pas lu en entier"
)
_DATA_URL = re.compile(r"data:([A-Za-z0-9.+/-]{0,120})(?:;[A-Za-z0-9=._-]{1,80}){0,4};base64")
_ON_THE_WEB: Final = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
_WEB: Final = "c'est une adresse web, dont le fournisseur lirait le contenu sans masquage"
_KEPT: Final = "c'est le numéro d'un fichier gardé par le fournisseur, qu'Égide n'a pas sous les yeux"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


@runtime_checkable
class FileNode(Node, Protocol):
    """A part that carries a file. ``documents``: of any kind, not pictures alone; ``written``: how the same
    part is read when it holds a text instead."""

    documents: bool
    written: Node | None

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """Such a part, with this file in Base64."""


def file_rows(path: str) -> Iterator[tuple[str, str]]:
    """The row of the documentation for such a part."""
    yield path, TREATMENT


def data_url(value: Any, path: str) -> tuple[str, str]:
    """(Base64, media type) of a ``data:`` address. Raises GatewayError EG-4003, EG-4004 or EG-4056."""
    if type(value) is not str:
        raise wrong(path)
    head, _, data = value.partition(",")
    found = _DATA_URL.fullmatch(head)
    if found:
        return data, found[1]
    if _ON_THE_WEB.match(value):
        raise GatewayError("EG-4056", field=path, reason=_WEB)
    raise GatewayError("EG-4004", field=path)


def file_data(value: Any, path: str) -> tuple[str, str]:
    """The same for a field that also takes Base64 alone, whose media type is then empty."""
    if type(value) is not str or value[:5].lower() == "data:" or "://" in value[:20]:
        return data_url(value, path)
    return value, ""


def elsewhere(part: Mapping[str, Any], path: str, *names: str) -> None:
    """Raise GatewayError EG-4056 when the file is where one of these fields says, and not in the request."""
    for name in names:
        if part.get(name) is not None:
            reason = _WEB if name.endswith("url") else _KEPT
            raise GatewayError("EG-4056", field=below(path, name), reason=reason)


def ending_of(name: Any, path: str) -> str:
    """The end of a file's name: all that is kept of it."""
    if name is None:
        return ""
    if type(name) is not str:
        raise wrong(path)
    ending = PurePosixPath(name.strip()).suffix
    return ending.lower() if _ENDING.fullmatch(ending) else ""


def only(part: Mapping[str, Any], path: str, *known: str) -> None:
    """Raise GatewayError EG-4002 when a part holds a field that is not known."""
    for name in part:
        if name not in known:
            raise GatewayError("EG-4002", field=below(path, name))


def an_object(value: Any, path: str) -> dict[str, Any]:
    """``value`` if it is one. Raises GatewayError EG-4003."""
    if type(value) is not dict:
        raise wrong(path)
    return value


def beside(part: Mapping[str, Any], nodes: Mapping[str, Node], path: str, walk: Walk) -> dict[str, Any]:
    """The fields beside the file that are sent as they are."""
    return {
        name: node.read(part[name], below(path, name), walk, _never)
        for name, node in nodes.items()
        if name in part
    }


def attach(
    walk: Walk, path: str, put: Put, file: tuple[str, str, str], shapes: tuple[Any, Any], kept: dict[str, Any]
) -> dict[str, Any]:
    """Note a file (Base64, media type, ending); what stands there until it is read holds nothing of it.

    ``shapes``: how a text, then a picture, is written in this dialect.
    """
    data, media, ending = file
    as_text, as_picture = (partial(shape, kept) for shape in shapes)
    walk.attachments.append(Attachment(path, data, put, as_text, as_picture, media, ending))
    empty: dict[str, Any] = as_text("")
    return empty


def _never(value: Any) -> None:
    raise GatewayError("EG-4003", field="?")  # fields beside a file hold no text
