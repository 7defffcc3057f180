"""Where pictures are read for real: only when an engine is installed."""

from __future__ import annotations

import pytest

from egide.documents.ocr import find_engine


@pytest.fixture
def ocr() -> None:
    if find_engine() is None:
        pytest.skip("aucun moteur d'OCR : installez tesseract et Pillow, ou l'extra « ocr »")
