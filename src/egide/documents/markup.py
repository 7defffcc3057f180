"""XML read without its dangers, and its text as lines: paragraphs, and table rows as Markdown writes them.

Tables are written ``| Nom | Ville |``: the rules of the detection and the models both know that form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from egide.documents.refusals import Refusal

Element = Any  # lxml has no types of its own
_ROOT, _BLOCK, _CELL, _ROW = "root", "block", "cell", "row"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tags by what they do. ``texts``: their text counts; ``mixed``: all text in a block counts.
    ``gaps`` stand for the white space that they are."""

    blocks: frozenset[str]
    cells: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    mixed: bool = False


def parse(data: bytes) -> Element:
    """The root element. Raises Refusal: an Office document has no document type, a bomb has one."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refusal("dangerous" if b"<!ENTITY" in data else "damaged") from None
    if root is None or root.getroottree().docinfo.doctype:
        raise Refusal("dangerous")
    return root


def lines(
    root: Element, words: Vocabulary, instead: Callable[[Element], str] = lambda element: ""
) -> list[str]:
    """The text of ``root``, a line per paragraph and per table row, none empty. ``instead`` gives text
    for elements that are none of the vocabulary's."""
    frames: list[tuple[str, list[str]]] = [(_ROOT, [])]
    kinds = {
        **dict.fromkeys(words.blocks, _BLOCK),
        **dict.fromkeys(words.cells, _CELL),
        **dict.fromkeys(words.rows, _ROW),
    }
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in words.skipped:
                walker.skip_subtree()
                continue
            if tag in kinds:
                frames.append((kinds[tag], []))
            said = _said(element, words, frames[-1][0], instead)
            if said:
                frames[-1][1].append(said)
            continue
        if tag in kinds and tag not in words.skipped:
            _close(frames)
        if words.mixed and element.tail and frames[-1][0] == _BLOCK:
            frames[-1][1].append(element.tail)
    while len(frames) > 1:
        _close(frames)
    return [line for line in map(str.strip, frames[0][1]) if line]


def added(after: Iterable[str], before: Iterable[str]) -> list[str]:
    """Lines of ``before`` that are not in ``after``."""
    known = set(after)
    return [line for line in before if line not in known]


def row(cells: Iterable[str]) -> str:
    """A table row, or nothing when every cell is empty."""
    cells = [" ".join(cell.split()) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return f"| {' | '.join(cells)} |" if cells else ""


def _said(element: Element, words: Vocabulary, frame: str, instead: Callable[[Element], str]) -> str:
    if element.tag in words.gaps:
        return " "
    counts = element.tag in words.texts or (words.mixed and frame == _BLOCK)
    return instead(element) + (element.text or "" if counts else "")


def _close(frames: list[tuple[str, list[str]]]) -> None:
    kind, pieces = frames.pop()
    if kind == _CELL:
        whole = " ".join(piece for piece in map(str.strip, pieces) if piece)
    else:
        whole = row(pieces) if kind == _ROW else "".join(pieces)
    # A text box lies in a paragraph: its text is a line of its own, beside that paragraph.
    for outer, held in reversed(frames):
        if outer != _BLOCK:
            if whole or kind == _CELL:
                held.append(whole)
            return
