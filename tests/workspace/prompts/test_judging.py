from __future__ import annotations

import pytest

from egide.workspace.prompts.judging import Verdict, judge


@pytest.mark.parametrize(
    ("answer", "must", "must_not", "verdict"),
    [
        ("Cher Monsieur, voici le DÉLAI.", ["délai", "monsieur"], ["remise"], Verdict(2, 0, 0)),
        ("Voici\nle\u00a0 delai", ["le délai"], [], Verdict(1, 0, 0)),
        ("Une remise de 10 %.", ["délai"], ["remise", "10 %"], Verdict(1, 1, 2)),
        ("", ["délai"], ["remise"], Verdict(1, 1, 0)),
        ("(a|b)*", ["(a|b)*"], [".*"], Verdict(1, 0, 0)),
    ],
)
def test_an_answer_is_read_without_case_accents_nor_line_ends(
    answer: str, must: list[str], must_not: list[str], verdict: Verdict
) -> None:
    assert judge(answer, must, must_not) == verdict
    assert verdict.passed == (verdict.absent == verdict.unwanted == 0)
