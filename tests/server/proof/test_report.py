from __future__ import annotations

from egide.server.proof.judge import Verdict
from egide.server.proof.report import Outcome, cells, fields, matrix, problems, worst

OUTCOMES = [
    Outcome("PHONE", "openai system", False, "default", Verdict.RESTORED),
    Outcome("PHONE", "openai system", True, "default", Verdict.LEAK),
    Outcome("SECRET", "openai system", False, "default", Verdict.REFUSED),
    Outcome("SECRET", "openai system", False, "mask_all", Verdict.RESTORED),
    Outcome("SECRET", "openai tool", False, "default", Verdict.REFUSED),
]
FIGURES = Outcome("PHONE", "openai-embeddings input", False, "default", Verdict.MASKED, kind="hidden")


def test_the_worst_of_a_cell_is_shown() -> None:
    assert worst(OUTCOMES[:2]) is Verdict.LEAK
    assert cells(OUTCOMES)["PHONE", "openai system"] == "✗"


def test_a_refused_label_also_shows_what_masking_it_gives() -> None:
    assert cells(OUTCOMES)["SECRET", "openai system"] == "⊘✓"


def test_the_table_names_its_positions_and_signs() -> None:
    shown = matrix(OUTCOMES)
    assert "  1  openai system" in shown
    assert "FUITE" in shown
    assert shown.splitlines()[1].split() == ["PHONE", "✗", "·"]


def test_problems_are_told_by_label_with_their_fields_and_codes() -> None:
    failed = [
        Outcome("PHONE", f"openai {name}", False, "default", Verdict.FAILED, "EG-4003") for name in "ab"
    ]
    assert problems([*failed, OUTCOMES[1]]).splitlines() == [
        "  ? PHONE : 2 champ(s), dont openai a (EG-4003)",
        "  ✗ PHONE : 1 champ(s), dont openai system",
    ]


def test_fields_whose_answer_is_figures_are_shown_and_counted_apart() -> None:
    assert "•" in matrix([FIGURES])
    assert "la réponse est faite de chiffres" in matrix([FIGURES])
    assert fields([FIGURES, *OUTCOMES]).count(" ; ") == 1
    assert "1 où le texte est masqué et la réponse faite de chiffres" in fields([FIGURES, *OUTCOMES])
