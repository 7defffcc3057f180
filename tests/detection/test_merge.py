from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from egide.detection.finding import Finding
from egide.detection.labels import LABELS
from egide.detection.merge import merge


def finding(start: int, end: int, label: str = "PERSON", score: float = 0.9, reason: str = "") -> Finding:
    return Finding(start, end, label, score, "test", reason or f"Raison {label}.")


SPANS = st.lists(
    st.builds(
        lambda start, size, label, score: finding(start, start + size, label, score),
        st.integers(0, 60),
        st.integers(1, 20),
        st.sampled_from(sorted(LABELS)),
        st.floats(0.01, 1),
    ),
    max_size=25,
)


def covered(findings: list[Finding]) -> set[int]:
    return {i for f in findings for i in range(f.start, f.end)}


@given(SPANS)
def test_no_character_is_uncovered_and_none_is_added(findings: list[Finding]) -> None:
    assert covered(merge(findings)) == covered(findings)


@given(SPANS)
def test_the_result_is_disjoint_and_in_order(findings: list[Finding]) -> None:
    merged = merge(findings)
    assert all(a.end <= b.start for a, b in itertools.pairwise(merged))


@given(SPANS)
def test_merging_again_changes_nothing(findings: list[Finding]) -> None:
    merged = merge(findings)
    assert merge(merged) == merged


@given(SPANS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(findings: list[Finding], random: object) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [(f.start, f.end, f.label) for f in merge(shuffled)] == [
        (f.start, f.end, f.label) for f in merge(findings)
    ]


def test_a_short_sure_span_never_cuts_a_longer_one() -> None:
    address = finding(0, 40, "ADDRESS", 0.6)
    name = finding(10, 20, "PERSON", 0.99)
    assert merge([name, address]) == [address]


def test_spans_that_overlap_by_their_ends_become_one() -> None:
    first, second = finding(0, 10, "URL"), finding(5, 30, "SECRET")
    merged = merge([first, second])
    assert [(f.start, f.end, f.label) for f in merged] == [(0, 30, "SECRET")]


def test_spans_that_only_touch_stay_apart() -> None:
    assert len(merge([finding(0, 5), finding(5, 9)])) == 2


def test_the_reason_is_that_of_the_strongest() -> None:
    weak = finding(0, 10, "CONTRACT_REF", 0.8, "Référence.")
    strong = finding(0, 10, "IBAN", 0.99, "IBAN : clé exacte.")
    assert merge([weak, strong])[0].reason == "IBAN : clé exacte."


def test_same_span_and_score_is_settled_the_same_way_each_time() -> None:
    a, b = finding(0, 10, "SIREN"), finding(0, 10, "PHONE")
    assert merge([a, b]) == merge([b, a])
