"""Parts of a chat message that carry a file: ``image_url``, ``file``, and Mistral's ``document_url``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from egide.gateway.attached_fields import (
    an_object,
    attach,
    beside,
    data_url,
    elsewhere,
    ending_of,
    file_data,
    file_rows,
    only,
)
from egide.gateway.fields import Node, Put, Word
from egide.gateway.slots import Walk

_DETAIL: Final = Word("auto", "low", "high", "original")


def _text(kept: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, **{name: kept[name] for name in kept if name != "detail"}}


def _picture(kept: Mapping[str, Any], media: str, data: str) -> dict[str, Any]:
    url = {"url": f"data:{media};base64,{data}"}
    if kept.get("detail") is not None:
        url["detail"] = kept["detail"]
    return {"type": "image_url", "image_url": url, **{name: kept[name] for name in kept if name != "detail"}}


_SHAPES: Final = (_text, _picture)


class _Part:
    """``nodes``: fields sent as they are with what takes the file's place."""

    documents = False
    written: Node | None = None

    def __init__(self, **nodes: Node) -> None:
        self._beside = nodes

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield from file_rows(path)


class ImageUrl(_Part):
    """``{"type": "image_url", "image_url": {"url": "data:…"}}``, or the address alone (Mistral)."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        part = an_object(value, path)
        only(part, path, "type", "image_url", *self._beside)
        kept = beside(part, self._beside, path, walk)
        where = f"{path}.image_url"
        held = part.get("image_url")
        if type(held) is not str:
            image = an_object(held, where)
            only(image, where, "url", "detail")
            kept |= beside(image, {"detail": _DETAIL}, where, walk)
            held, where = image.get("url"), f"{where}.url"
        data, media = data_url(held, where)
        return attach(walk, path, put, (data, media, ""), _SHAPES, kept)

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return {"image_url": {"url": f"data:{media};base64,{data}"}}


class FilePart(_Part):
    """``{"type": "file", "file": {"filename": …, "file_data": …}}``: a ``data:`` address, or Base64 alone."""

    documents = True

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        part = an_object(value, path)
        only(part, path, "type", "file", *self._beside)
        where = f"{path}.file"
        file = an_object(part.get("file"), where)
        only(file, where, "filename", "file_data", "file_id")
        elsewhere(file, where, "file_id")
        held, media = file_data(file.get("file_data"), f"{where}.file_data")
        ending = ending_of(file.get("filename"), f"{where}.filename")
        return attach(walk, path, put, (held, media, ending), _SHAPES, beside(part, self._beside, path, walk))

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return {"file": {"filename": name, "file_data": f"data:{media};base64,{data}"}}


class DocumentUrl(_Part):
    """``{"type": "document_url", "document_url": "data:…", "document_name": …}`` (Mistral)."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        part = an_object(value, path)
        only(part, path, "type", "document_url", "document_name", *self._beside)
        data, media = data_url(part.get("document_url"), f"{path}.document_url")
        ending = ending_of(part.get("document_name"), f"{path}.document_name")
        return attach(walk, path, put, (data, media, ending), _SHAPES, beside(part, self._beside, path, walk))

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return {"document_url": f"data:{media};base64,{data}", "document_name": name}
