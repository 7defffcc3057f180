from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from egide.checks import to_verify
from egide.checks.verifiable.listing import MOST


def kinds(answer: str, *sent: str) -> list[tuple[str, str]]:
    return [(item.kind, answer[item.start : item.end]) for item in to_verify(answer, sent)]


def test_what_was_sent_word_for_word_is_not_listed() -> None:
    answer = "Le devis de 1 200 € est signé le 3 mai 2024, soit 20 % de plus."
    assert kinds(answer, "Mon devis est de 1 200 €.") == [("date", "3 mai 2024"), ("percentage", "20 %")]


def test_a_part_of_a_longer_number_is_not_the_same() -> None:
    assert kinds("Il coûte 200 €.", "Le devis est de 1200 €.") == [("amount", "200 €")]


def test_each_wording_comes_once() -> None:
    assert len(kinds("20 % puis 20 % et encore 20 %")) == 1


def test_a_link_tells_where_it_leads() -> None:
    (item,) = to_verify("Lisez [impots.gouv.fr](https://ailleurs.example/faux).")
    assert item.target == "https://ailleurs.example/faux"


def test_a_decision_is_not_also_a_date() -> None:
    assert [kind for kind, _ in kinds("Cass. soc., 12 mars 2019, n° 17-31.624")] == ["case_law"]


def test_the_list_has_an_end() -> None:
    assert len(to_verify(" ".join(f"{n} %," for n in range(1, 400)))) == MOST


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_answer_can_be_read(answer: str) -> None:
    last = 0
    for item in to_verify(answer):
        assert last <= item.start < item.end <= len(answer)
        last = item.end
