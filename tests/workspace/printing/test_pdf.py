from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from egide.errors import WorkspaceError
from egide.workspace import printing

MADE = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
HOSTILE = '#panic("x") *gras* $x$ ](javascript:1) \\u{202e} <script>'
DATA: dict[str, Any] = {
    "title": "Charte d'essai",
    "company": "Atelier « Cœur & Fils »",
    "date": "29 novembre 2026",
    "words": HOSTILE,
}
TEMPLATE = """#import "/printing/house.typ": *
#show: page-of.with(data)
#masthead(data, under: [Essai])
= Une partie
#data.words
#remark[Une remarque.]
#facts((("Nom", data.company),))
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "printing").symlink_to(printing.ROOT / "printing")
    (tmp_path / "essai.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(printing, "ROOT", tmp_path)
    return "essai.typ"


def test_it_is_archivable_and_tagged_and_says_what_it_is(template: str) -> None:
    made = printing.pdf(template, DATA, made_at=MADE)
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>A<" in made
    assert b"pdfuaid:part>1<" in made
    document = pypdfium2.PdfDocument(made)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == DATA["title"]
    assert document.get_metadata_value("Author") == DATA["company"]


def test_values_are_text_and_never_run(template: str) -> None:
    page = pypdfium2.PdfDocument(printing.pdf(template, DATA, made_at=MADE))[0]
    assert '#panic("x") *gras* $x$ ](javascript:1)' in page.get_textpage().get_text_bounded()


def test_the_same_data_give_the_same_bytes(template: str) -> None:
    assert printing.pdf(template, DATA, made_at=MADE) == printing.pdf(template, DATA, made_at=MADE)


def test_what_cannot_be_made_is_told_without_its_words(template: str) -> None:
    with pytest.raises(WorkspaceError) as refused:
        printing.pdf(template, {"title": "Secret de Mme Garrigou"}, made_at=MADE)
    assert refused.value.code == "EG-6401"
    assert "Garrigou" not in str(refused.value)
    assert refused.value.__cause__ is None
