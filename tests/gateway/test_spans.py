from __future__ import annotations

from egide.detection import Finding
from egide.gateway.slots import Passage, Slot
from egide.gateway.spans import share, texts_of


def passage(*texts: str, lead: str = "", apart: bool = True) -> Passage:
    return Passage([Slot("", text, lambda masked: None, lead=lead) for text in texts], apart)


def finding(start: int, end: int, label: str = "PHONE") -> Finding:
    return Finding(start, end, label, 1.0, "test", "")


def spans(shared: list[list[Finding]]) -> list[list[tuple[int, int]]]:
    return [[(f.start, f.end) for f in findings] for findings in shared]


def test_a_single_text_keeps_its_findings() -> None:
    one = passage("06 39 98 41 27")
    assert texts_of(one) == ["06 39 98 41 27"]
    assert spans(share(one, [(finding(0, 14),)])) == [[(0, 14)]]


def test_a_value_cut_by_two_parts_is_hidden_in_both() -> None:
    cut = passage("tel 06 39", " 98 41 27.")
    assert texts_of(cut) == ["tel 06 39 98 41 27.", "tel 06 39", " 98 41 27."]
    assert spans(share(cut, [(finding(4, 18),), (), ()])) == [[(4, 9)], [(0, 9)]]


def test_what_only_one_part_shows_is_kept_too() -> None:
    cut = passage("Dupont", "Bonjour")
    assert spans(share(cut, [(), (finding(0, 6, "PERSON"),), ()])) == [[(0, 6)], []]


def test_findings_in_a_lead_are_nobody_s() -> None:
    led = passage("a", "b", lead=" : ", apart=False)
    assert texts_of(led) == [" : a : b"]
    assert spans(share(led, [(finding(0, 2), finding(3, 8))])) == [[(0, 1)], [(0, 1)]]


def test_a_piece_of_punctuation_alone_is_left_out() -> None:
    cut = passage("06 39 98 41 27", ", merci")
    assert spans(share(cut, [(finding(0, 15),), (), ()])) == [[(0, 14)], []]


def test_an_empty_part_changes_nothing() -> None:
    cut = passage("06 39", "", " 98 41 27")
    assert spans(share(cut, [(finding(0, 14),), (), (), ()])) == [[(0, 5)], [], [(0, 9)]]
