from __future__ import annotations

from tests.documents.files import pptx
from tests.documents.formats.reading import read


def test_slides_moved_by_their_author_are_read_as_they_are_shown() -> None:
    reading = read(pptx("un", "deux", "trois", order=(3, 1)))
    assert [line for line in reading.text.splitlines() if line in ("un", "deux", "trois")] == [
        "trois",
        "un",
        "deux",
    ]


def test_slides_notes_and_comments() -> None:
    slides = [f"Titre {number}" for number in range(1, 12)]
    reading = read(pptx(*slides, notes="Rappeler Talbourdet", comment="Revu par Garrigou"))
    assert reading.described == "PowerPoint, 11 diapositives"
    lines = [line for line in reading.text.splitlines() if line.startswith("Titre")]
    assert lines == slides
    assert "Notes :\nRappeler Talbourdet" in reading.text
    assert "Commentaires :\nRevu par Garrigou" in reading.text
