from __future__ import annotations

import re

import pytest

from egide.detection import LABELS, Detector, Finding
from egide.detection.recogniser import Recogniser, discover
from egide.detection.view import View

RECOGNISERS = discover()


def marked(example: str) -> tuple[str, set[tuple[int, int]]]:
    """The text of an example without its marks, and the spans that they enclosed."""
    spans, text = set(), ""
    for before, value in re.findall(r"([^⟦⟧]*)(?:⟦([^⟧]*)⟧)?", example):
        text += before
        if value:
            spans.add((len(text), len(text) + len(value)))
            text += value
    return text, spans


ACCEPTED = [pytest.param(r, e, id=f"{r.id}:{n}") for r in RECOGNISERS for n, e in enumerate(r.accepted)]
REFUSED = [pytest.param(r, e, id=f"{r.id}:{n}") for r in RECOGNISERS for n, e in enumerate(r.refused)]


@pytest.mark.parametrize(("recogniser", "example"), ACCEPTED)
def test_accepted_examples_are_found_exactly(recogniser: Recogniser, example: str) -> None:
    text, wanted = marked(example)
    assert wanted, "an accepted example marks at least one value"
    found = {(f.start, f.end) for f in recogniser.find(View(text))}
    assert wanted <= found
    # Smaller spans inside a wanted one are allowed: merging drops them.
    assert all(any(w[0] <= f[0] and f[1] <= w[1] for w in wanted) for f in found)


@pytest.mark.parametrize(("recogniser", "example"), REFUSED)
def test_refused_examples_are_left_alone(recogniser: Recogniser, example: str) -> None:
    assert [(f.start, f.end) for f in recogniser.find(View(example))] == []


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda r: r.id)
def test_every_recogniser_is_documented_and_exampled(recogniser: Recogniser) -> None:
    assert recogniser.accepted
    assert recogniser.refused
    assert recogniser.source
    assert recogniser.labels
    assert set(recogniser.labels) <= set(LABELS)


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda r: r.id)
def test_findings_say_who_found_them_and_never_the_value(recogniser: Recogniser) -> None:
    for example in recogniser.accepted:
        text, _ = marked(example)
        for finding in recogniser.find(View(text)):
            assert finding.recogniser == recogniser.id
            assert finding.label in recogniser.labels
            assert 0 < finding.score <= 1
            _says_nothing_of(finding, text)


def _says_nothing_of(finding: Finding, text: str) -> None:
    value = text[finding.start : finding.end]
    assert finding.reason.strip().endswith(".")
    assert len(value) < 4 or value.lower() not in finding.reason.lower()


def test_identifiers_are_unique() -> None:
    names = [r.id for r in RECOGNISERS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("recogniser", "example"), ACCEPTED)
def test_the_whole_detector_hides_every_accepted_value(recogniser: Recogniser, example: str) -> None:
    text, wanted = marked(example)
    hidden = [False] * len(text)
    for finding in Detector().detect(text):
        hidden[finding.start : finding.end] = [True] * (finding.end - finding.start)
    for start, end in wanted:
        assert all(hidden[i] or not text[i].isalnum() for i in range(start, end))
