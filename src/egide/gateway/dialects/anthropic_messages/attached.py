"""Blocks that carry a file: ``image`` and ``document`` with a Base64 source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from egide.gateway.attached_fields import an_object, attach, beside, elsewhere, file_rows, only
from egide.gateway.fields import Node, Put, below, wrong
from egide.gateway.slots import Walk

_ELSEWHERE: Final = ("url", "file")


def _text(kept: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, **kept}


def _picture(kept: Mapping[str, Any], media: str, data: str) -> dict[str, Any]:
    return {"type": "image", "source": {"type": "base64", "media_type": media, "data": data}, **kept}


class Base64Block:
    """A block whose ``source`` is a file in Base64. ``nodes`` are sent as they are with what takes its
    place; ``dropped`` are not sent."""

    documents = False
    written: Node | None = None

    def __init__(self, *dropped: str, **nodes: Node) -> None:
        self._dropped, self._beside = dropped, nodes

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        block = an_object(value, path)
        only(block, path, "type", "source", *self._dropped, *self._beside)
        where = f"{path}.source"
        source = an_object(block.get("source"), where)
        if source.get("type") in _ELSEWHERE:
            elsewhere(source, where, "url", "file_id")
        if source.get("type") != "base64":
            raise wrong(f"{where}.type")
        only(source, where, "type", "media_type", "data")
        data, media = source.get("data"), source.get("media_type")
        if type(data) is not str or type(media) is not str:
            raise wrong(where)
        kept = beside(block, self._beside, path, walk)
        return attach(walk, path, put, (data, media, ""), (_text, _picture), kept)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield from file_rows(path)

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return {"source": {"type": "base64", "media_type": media, "data": data}}


class DocumentBlock:
    """A document: a file, or a text or blocks, which the tree reads as ``written`` by their source's type."""

    documents = True

    def __init__(self, file: Base64Block, written: Node) -> None:
        self.file = file
        self.written: Node | None = written

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        block = an_object(value, path)
        source = an_object(block.get("source"), below(path, "source"))
        if self.written is not None and source.get("type") in ("text", "content"):
            return self.written.read(value, path, walk, put)
        return self.file.read(value, path, walk, put)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield from self.file.rows(path)
        if self.written is not None:
            yield from self.written.rows(path)

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return self.file.sample(data, media, name)
