from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest
import typst
from tests.workspace.printing.test_pdf import DATA, MADE, TEMPLATE

from egide.errors import WorkspaceError
from egide.workspace import printing
from egide.workspace.printing.characters import RANGES, all_shown, can_be_shown, shown


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "printing").symlink_to(printing.ROOT / "printing")
    (tmp_path / "essai.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(printing, "ROOT", tmp_path)
    return "essai.typ"


def test_every_character_that_is_kept_can_be_printed(template: str) -> None:
    kept = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
    signs = [sign for sign in map(shown, kept) if sign]
    # Beside every other: what stands before or after may change the font.
    words = " ".join(signs) + "".join(Random(1).sample(signs, len(signs)))
    made = printing.pdf(template, DATA | {"words": words}, made_at=MADE)
    assert made.startswith(b"%PDF-")


@pytest.mark.parametrize("hostile", ["李雷", "😀", "\x00", "\x07", "\ue000", "\ufffe", "م\u06dd1", "\udfff"])
def test_what_has_no_shape_is_a_square_and_stops_nothing(hostile: str, template: str) -> None:
    made = printing.pdf(template, DATA | {"words": f"Avant {hostile} après"}, made_at=MADE)
    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()
    assert "Avant □" in text
    assert "après" in text
    assert not can_be_shown(hostile)


def test_what_steers_the_text_is_left_out() -> None:
    assert shown("a\u202eb\u200bc\u00ad\U000e0041d\u2028e") == "abcd\ne"
    assert shown("Zoe\u0301 x\u0323\u0595") == "Zoé x"
    assert shown("Zoé Łukasz Ώ Иван עברית « … » 12\u202f€") == "Zoé Łukasz Ώ Иван עברית « … » 12\u202f€"


def test_every_text_of_the_data_is_seen_to() -> None:
    data: dict[str, Any] = {"a": ["李", {"b": "😀", "c": 3}], "d": None, "e": ("x", True), "f": 1.5}
    assert all_shown(data) == {"a": ["□", {"b": "□", "c": 3}], "d": None, "e": ["x", True], "f": 1.5}


def test_a_fault_of_the_compiler_is_told_like_the_others(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    def panic(*given: object, **more: object) -> bytes:
        raise PanicException

    monkeypatch.setattr(typst, "compile", panic)
    with pytest.raises(WorkspaceError, match="EG-6401"):
        printing.pdf(template, DATA, made_at=MADE)
