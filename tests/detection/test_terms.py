from __future__ import annotations

import pytest

from egide.detection import Detector
from egide.detection.terms import Terms
from egide.detection.view import View


def found(terms: list[str], text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in Terms(terms).find(View(text))]


@pytest.mark.parametrize(
    "written",
    [
        "Projet Éclipse",
        "projet eclipse",
        "PROJET ÉCLIPSE",
        "projet-éclipse",
        "Projet  Éclipse",
        "Projet\nÉclipse",
    ],
)
def test_a_term_is_found_however_it_is_written(written: str) -> None:
    assert found(["Projet Éclipse"], f"Le {written} avance.") == [written]


@pytest.mark.parametrize(
    "text", ["Une éclipse de soleil", "Le projet avance. Éclipse", "Le préprojet éclipses"]
)
def test_part_of_a_term_or_of_a_word_is_not_the_term(text: str) -> None:
    assert found(["Projet Éclipse"], text) == []


def test_a_term_with_figures_and_marks() -> None:
    assert found(["ZX-42"], "la machine zx 42, pas ZX-421") == ["zx 42"]


def test_terms_without_letters_are_left_out() -> None:
    assert found(["", "  ", "—"], "un texte — sans rien") == []


def test_the_detector_gives_them_the_company_label() -> None:
    findings = Detector(extra=[Terms(["Goshawk"])]).detect("on lance goshawk en mars")
    assert [(f.label, f.data_class) for f in findings] == [("COMPANY_TERM", "confidential")]


def test_no_term_finds_nothing() -> None:
    assert found([], "un texte") == []
