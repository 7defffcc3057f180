from __future__ import annotations

import time

import pytest

from egide.checks import active_content


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("![x](https://a.example/p.png)", "image"),
        ("! [x](https://a.example/p.png?d=Y29udGVudQ)", "image"),
        ("![x](//a.example/p)", "image"),
        ("[voir](https://a.example/?nom=Solenne+Garrigou)", "link"),
        ("[voir](https://a.example/[PERSONNE_7K4Q2M])", "link"),
        ("[voir](javascript:alert(1))", "code"),
        ("[voir](data:text/html;base64,PHNjcmlwdD4=)", "code"),
        ("<script>alert(1)</script>", "html"),
        ("<img src=x onerror=alert(1)>", "html"),
        ("<b onclick='x()'>", "html"),
        ("<iframe src='https://a.example'>", "html"),
    ],
)
def test_what_could_act_is_told(answer: str, kind: str) -> None:
    (found,) = active_content(f"Voici : {answer} fin")
    assert found.kind == kind
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    "answer",
    [
        "[voir](https://a.example/page?id=12)",
        "![x](image.png)",
        "a < b et c > d",
        "La donnée : oui",
        "<b>gras</b>",
    ],
)
def test_what_does_nothing_is_left_alone(answer: str) -> None:
    assert active_content(answer) == []


@pytest.mark.parametrize("unit", ["![", "![a](", "<img ", "<a on", "[a](x", "data:", "?a="])
def test_repetition_does_not_cost_more_than_its_length(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            active_content(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(80_000) < 64 * max(seconds(5_000), 0.001)
