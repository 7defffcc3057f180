"""Pictures with text, drawn as a screen or a scanner gives them. Imported only when Pillow is there."""

from __future__ import annotations

import io
from typing import Any


def drawn(*lines: str, size: int = 36, width: int = 1500) -> Any:
    """A white sheet with these lines in black."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (width, 80 + 80 * len(lines)), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size)
    for number, line in enumerate(lines):
        pen.text((40, 40 + 80 * number), line, font=font, fill="black")
    return picture


def saved(picture: Any, form: str = "PNG", **options: Any) -> bytes:
    """Its file."""
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()
