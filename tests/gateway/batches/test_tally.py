from __future__ import annotations

from egide.detection import Finding
from egide.gateway.batches.tally import Tally
from egide.gateway.masking import Judged
from egide.gateway.records import Known
from egide.journal import Entry
from egide.journal.details import check_entry
from egide.policy import Action, Caller, Decision, Person, Treatment, Usage

KNOWN = Known("ex-1", "api", "files", Caller(Person("p-1"), Usage("u", "U")), "v")


def judged(label: str, action: Action, rule: str) -> Judged:
    finding = Finding(0, 3, label, 1.0, "essai", "")
    decision = Decision(action, rule, "", "", (Treatment(finding, action, rule),))
    return Judged(decision, [[finding]] if action is Action.MASK else [[]])


def test_counts_are_summed_and_the_strictest_decision_is_told() -> None:
    tally = Tally()
    for one in (
        judged("PHONE", Action.MASK, "r-2"),
        judged("ORGANISATION", Action.ALLOW, "r-1"),
        judged("PHONE", Action.MASK, "r-2"),
    ):
        tally.lines += 1
        tally.add(Known(**{**{n: getattr(KNOWN, n) for n in KNOWN.__slots__}, "judged": one}))
    assert tally.counts == {
        "labels": {"PHONE": 2, "ORGANISATION": 1},
        "masked": {"PHONE": 2},
        "lines": 3,
        "action": "mask",
        "rule": "r-2",
    }
    assert tally.masked == {"PHONE": 2}
    check_entry(Entry("opened", "ex-1", "2026-11-29T00:00:00+00:00", tally.counts))


def test_nothing_was_read() -> None:
    assert Tally().counts == {"lines": 0}
