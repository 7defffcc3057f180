"""Reads a file in this process: what the tests of formats need."""

from __future__ import annotations

import pytest

from egide.documents import Limits, Reading, Refusal
from egide.documents.context import Context


def read(data: bytes, media: str = "", ending: str = "", *, ocr: bool = True, **limits: int) -> Reading:
    return Context(Limits(**limits), ocr).read(data, media, ending)


def refusal(data: bytes, media: str = "", ending: str = "", **limits: int) -> str:
    """The reason why it is not read, OCR out of reach."""
    with pytest.raises(Refusal) as refused:
        read(data, media, ending, ocr=False, **limits)
    return refused.value.reason
