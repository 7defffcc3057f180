"""Word documents: paragraphs, also those of tables, headers and footers."""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn

from egide.workspace.knowledge.readers._reader import Reader, unpackable

_TEXT: Final = qn("w:t")
_RUNS: Final = (_TEXT, qn("w:tab"), qn("w:br"))


def _text(data: bytes) -> str:
    document = Document(unpackable(data))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    paragraphs = (paragraph for part in parts for paragraph in part.iter(qn("w:p")))
    return "\n".join("".join(_said(run) for run in paragraph.iter(*_RUNS)) for paragraph in paragraphs)


def _said(run: Any) -> str:
    return run.text or "" if run.tag == _TEXT else " "


READER = Reader((".docx",), _text)
