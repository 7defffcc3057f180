"""RapidOCR (extra ``ocr``): models in the package, nothing to fetch."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from typing import Any, Final

from egide.documents.readings import Line
from egide.documents.refusals import Refusal

_SURE: Final = 0.7
# Everything it sees, however doubtful: what is dropped could not be painted over.
_OPTIONS: Final = {"Global.text_score": 0.0, "Global.log_level": "critical"}


class Rapid:
    """See ``Engine``."""

    name = "rapidocr"

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        logging.disable(logging.CRITICAL)  # it would write what it reads
        self._read = RapidOCR(params=_OPTIONS)

    def read(self, picture: Any) -> list[Line]:
        """See ``Engine``."""
        import numpy as np

        try:
            # Given as blue, green, red: the order of the library behind it.
            seen = self._read(np.asarray(picture)[:, :, ::-1])
        except Exception as problem:
            raise Refusal("crash") from problem
        if seen.boxes is None or not seen.txts:
            return []
        return [
            _line(corners, text, score)
            for corners, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True)
        ]


def _line(corners: Any, text: str, score: float) -> Line:
    across, down = [point[0] for point in corners], [point[1] for point in corners]
    box = (int(min(across)), int(min(down)), int(max(across)) + 1, int(max(down)) + 1)
    return Line(text, box, float(score) >= _SURE)


def find() -> Rapid | None:
    """The engine, when the extra is installed."""
    if any(find_spec(name) is None for name in ("rapidocr", "onnxruntime", "PIL")):
        return None
    return Rapid()
