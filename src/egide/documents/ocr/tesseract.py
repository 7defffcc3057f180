"""The ``tesseract`` program of the system, French when its data is there."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import defaultdict
from importlib.util import find_spec
from typing import Any, Final

from egide.documents.readings import Line
from egide.documents.refusals import Refusal

_SURE: Final = 60.0  # of 100
_COLUMNS: Final = 12


class Tesseract:
    """See ``Engine``."""

    name = "tesseract"

    def __init__(self, program: str, language: str) -> None:
        self._command = [program, "stdin", "stdout", "-l", language, "tsv"]

    def read(self, picture: Any) -> list[Line]:
        """See ``Engine``. Words of one line are put together."""
        given = io.BytesIO()
        picture.save(given, "PNG")
        done = subprocess.run(self._command, input=given.getvalue(), capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise Refusal("crash")
        return lines_of(done.stdout.decode("utf-8", "replace"))


def lines_of(table: str) -> list[Line]:
    """Lines from the table that tesseract writes: a word a row."""
    found: dict[tuple[str, ...], list[tuple[str, tuple[int, int, int, int], float]]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == _COLUMNS and cells[11].strip():
            left, top, width, height = map(int, cells[6:10])
            box = (left, top, left + width, top + height)
            found[tuple(cells[1:5])].append((cells[11].strip(), box, float(cells[10])))
    return [_line(words) for words in found.values()]


def _line(words: list[tuple[str, tuple[int, int, int, int], float]]) -> Line:
    boxes = [box for _, box, _ in words]
    around = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Line(" ".join(text for text, _, _ in words), around, min(sure for _, _, sure in words) >= _SURE)


def find() -> Tesseract | None:
    """The program, when Pillow is there to give it pictures."""
    program = shutil.which("tesseract")
    if program is None or find_spec("PIL") is None:
        return None
    told = subprocess.run([program, "--list-langs"], capture_output=True, check=False)  # noqa: S603
    languages = told.stdout.decode("utf-8", "replace").split()
    return Tesseract(program, "fra" if "fra" in languages else "eng")
