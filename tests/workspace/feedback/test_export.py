from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from egide.detection import Detector
from egide.detection.recogniser import discover
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.feedback.export import lines
from egide.workspace.feedback.models import Decision, Kind, Proposal
from egide.workspace.feedback.services import decide, propose

BENCH = Path(__file__).resolve().parents[3] / "bench" / "detection_quality.py"
SENTENCE = "😀 Écris à Zoe@exemple.fr, pas à zoe@exemple.fr.bzh."


@pytest.fixture
def decided(person: Callable[..., User]) -> Callable[..., dict[str, Any]]:
    """Proposes and decides, and gives the test case that comes of it."""
    zoe, pilot = person(), person(Role.PILOT)

    def act(kind: Kind, decision: Decision, value: str, **more: str) -> dict[str, Any]:
        propose(kind, value, zoe, **more)
        pk = Proposal.objects.order_by("-pk")[0].pk
        decide(pk, decision, pilot)
        found = {case["id"]: case for case in map(json.loads, "".join(lines()).splitlines())}
        return found[f"signalement-{pk}"]

    return act


@pytest.mark.parametrize(
    ("kind", "decision", "label", "spans"),
    [
        (Kind.HIDE, Decision.ACCEPTED, "", [{"start": 0, "end": 12, "label": "COMPANY_TERM"}]),
        (Kind.HIDE, Decision.REFUSED, "", []),
        (Kind.NOT_PERSONAL, Decision.ACCEPTED, "PERSON", []),
        (Kind.NOT_PERSONAL, Decision.REFUSED, "PERSON", [{"start": 0, "end": 12, "label": "PERSON"}]),
    ],
)
def test_a_decision_says_what_must_be_found(
    decided: Callable[..., dict[str, Any]], kind: Kind, decision: Decision, label: str, spans: object
) -> None:
    case = decided(kind, decision, "basalte bleu", label=label)
    assert (case["text"], case["spans"]) == ("basalte bleu", spans)
    assert (case["kind"], case["decision"]) == (kind.value, decision.value)
    assert set(case) == {"id", "text", "spans", "kind", "decision"}


def test_a_sentence_gives_the_place_of_the_value(decided: Callable[..., dict[str, Any]]) -> None:
    case = decided(Kind.NOT_PERSONAL, Decision.REFUSED, "zoe@exemple.fr", label="EMAIL", sentence=SENTENCE)
    assert case["text"] == SENTENCE
    assert [SENTENCE[s["start"] : s["end"]] for s in case["spans"]] == ["Zoe@exemple.fr", "zoe@exemple.fr"]
    found = [(f.start, f.end, f.label) for f in Detector(discover()).detect(case["text"])]
    assert (case["spans"][0]["start"], case["spans"][0]["end"], "EMAIL") in found


def test_a_proposal_that_waits_is_left_out(person: Callable[..., User]) -> None:
    propose(Kind.HIDE, "basalte bleu", person())
    assert list(lines()) == []


def test_a_value_counts_by_its_last_decision(decided: Callable[..., dict[str, Any]]) -> None:
    decided(Kind.HIDE, Decision.ACCEPTED, "Morvan")
    decided(Kind.NOT_PERSONAL, Decision.ACCEPTED, "Morvan")
    (case,) = map(json.loads, lines())
    assert (case["kind"], case["spans"]) == ("not_personal", [])


def test_one_line_is_one_line_for_every_reader(decided: Callable[..., dict[str, Any]]) -> None:
    value = "a\u2028b\u2029c\x85d\ne"
    assert decided(Kind.HIDE, Decision.ACCEPTED, value)["text"] == value
    assert len("".join(lines()).splitlines()) == 1


def test_the_bench_scores_the_file(decided: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    email = {"label": "EMAIL", "sentence": SENTENCE}
    decided(Kind.NOT_PERSONAL, Decision.REFUSED, "zoe@exemple.fr", **email)
    decided(Kind.HIDE, Decision.REFUSED, "réunion")
    gold, out = tmp_path / "cas.jsonl", tmp_path / "predictions.jsonl"
    gold.write_text("".join(lines()), encoding="utf-8")
    spec = spec_from_file_location("detection_quality", BENCH)
    assert spec is not None
    assert spec.loader is not None
    bench = module_from_spec(spec)
    spec.loader.exec_module(bench)
    bench.predict(Detector(discover()), gold, out)
    predicted = {told["id"]: told["spans"] for told in map(json.loads, out.read_text().splitlines())}
    for case in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        hidden = {i for span in predicted[case["id"]] for i in range(span["start"], span["end"])}
        asked = {i for span in case["spans"] for i in range(span["start"], span["end"])}
        assert asked <= hidden
        assert bool(hidden) == bool(asked)
