"""PDF that hold text. A scanned page holds none: such a document is refused as too short."""

from __future__ import annotations

from contextlib import closing

import pypdfium2

from egide.workspace.knowledge.readers._reader import Reader


def _text(data: bytes) -> str:
    pages = []
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                pages.append(text.get_text_bounded())
    return "\n".join(pages)


READER = Reader((".pdf",), _text)
