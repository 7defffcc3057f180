"""A picture opened within bounds, as people see it, and painted over where it shows a value.

What leaves is made anew from the pixels: no metadata, no thumbnail, no second frame. It has the very size
in which it was read: a model sees nothing finer than what was read.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Any, Final

from egide.documents.limits import Limits
from egide.documents.refusals import Refusal

try:
    from PIL import Image, ImageDraw, ImageFont, ImageOps
except ImportError:  # the extra "ocr" is not installed: pictures are refused before they come here
    Image = None

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
_MARGIN: Final = 3  # pixels: letters overflow the box that an engine gives
_SMALLEST: Final = 8  # pixels: below, nobody reads a placeholder


def opened(data: bytes, limits: Limits) -> Any:
    """The picture: upright, on white, reduced to the side that is read. Raises Refusal."""
    if Image is None:
        raise Refusal("no-ocr")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            Image.MAX_IMAGE_PIXELS = None  # its own bound says nothing of why: ours is below
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if picture.width * picture.height > limits.pixels:
                raise Refusal("pixels")
            if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
                raise Refusal("animated")
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
        except (Refusal, MemoryError):
            raise
        except Exception as problem:  # whatever the library raises on a damaged file
            raise Refusal("damaged") from problem
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    sheet.thumbnail((limits.side, limits.side))
    return sheet


def painted(picture: Any, masks: Iterable[tuple[tuple[int, int, int, int], str]], kind: str) -> bytes:
    """The picture with each box covered, its masked text written there when it fits."""
    draw = ImageDraw.Draw(picture)
    for (left, top, right, bottom), text in masks:
        box = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
        font = _fitting(text, right - left, bottom - top) if text else None
        draw.rectangle(box, fill="white" if font else "black")
        if font:
            draw.text((left, top), text, font=font, fill="black")
    written = io.BytesIO()
    picture.save(written, "JPEG" if kind == "jpeg" else "PNG", **({"quality": 90} if kind == "jpeg" else {}))
    return written.getvalue()


def _fitting(text: str, width: int, height: int) -> Any:
    """The largest font in which the text fits its box, or None."""
    for size in range(max(height - 2, 0), _SMALLEST - 1, -1):
        font = ImageFont.load_default(size)
        if font.getlength(text) <= width:
            return font
    return None
