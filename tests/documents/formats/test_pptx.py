from __future__ import annotations

from tests.documents.files import pptx
from tests.documents.formats.reading import read


def test_slides_in_their_order_notes_and_comments() -> None:
    slides = [f"Titre {number}" for number in range(1, 12)]
    reading = read(pptx(*slides, notes="Rappeler Talbourdet", comment="Revu par Garrigou"))
    assert reading.described == "PowerPoint, 11 diapositives"
    lines = [line for line in reading.text.splitlines() if line.startswith("Titre")]
    assert lines == slides
    assert "Notes :\nRappeler Talbourdet" in reading.text
    assert "Commentaires :\nRevu par Garrigou" in reading.text
