"""Parts of a Responses item that carry a file: ``input_file`` and ``input_image``."""

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

_DETAIL: Final = "detail"


def _text(kept: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {"type": "input_text", "text": text, **{name: kept[name] for name in kept if name != _DETAIL}}


def _picture(kept: Mapping[str, Any], media: str, data: str) -> dict[str, Any]:
    return {"type": "input_image", "image_url": f"data:{media};base64,{data}", **kept}


_SHAPES: Final = (_text, _picture)


class _Part:
    """``nodes``: fields sent as they are with what takes the file's place."""

    written: Node | None = None

    def __init__(self, **nodes: Node) -> None:
        self._beside = nodes

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield from file_rows(path)


class InputImage(_Part):
    """``{"type": "input_image", "image_url": "data:…", "detail": …}``."""

    documents = False

    def __init__(self, **nodes: Node) -> None:
        super().__init__(detail=Word("auto", "low", "high", "original"), **nodes)

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        part = an_object(value, path)
        only(part, path, "type", "image_url", "file_id", *self._beside)
        elsewhere(part, path, "file_id")
        data, media = data_url(part.get("image_url"), f"{path}.image_url")
        return attach(walk, path, put, (data, media, ""), _SHAPES, beside(part, self._beside, path, walk))

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return {"image_url": f"data:{media};base64,{data}"}


class InputFile(_Part):
    """``{"type": "input_file", "filename": …, "file_data": …}``: a ``data:`` address, or Base64 alone."""

    documents = True

    def __init__(self, **nodes: Node) -> None:
        super().__init__(detail=Word("auto", "low", "high"), **nodes)

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        part = an_object(value, path)
        only(part, path, "type", "filename", "file_data", "file_id", "file_url", *self._beside)
        elsewhere(part, path, "file_id", "file_url")
        data, media = file_data(part.get("file_data"), f"{path}.file_data")
        ending = ending_of(part.get("filename"), f"{path}.filename")
        return attach(walk, path, put, (data, media, ending), _SHAPES, beside(part, self._beside, path, walk))

    def sample(self, data: str, media: str, name: str) -> dict[str, Any]:
        """See ``FileNode``."""
        return {"filename": name, "file_data": f"data:{media};base64,{data}"}
