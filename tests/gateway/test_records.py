from __future__ import annotations

from dataclasses import replace

from egide.detection import Finding
from egide.gateway.dialect import Outcome
from egide.gateway.masking import judge
from egide.gateway.records import Closing, Known
from egide.gateway.routing import Route
from egide.gateway.slots import Slot
from egide.journal.details import check_entry
from egide.policy import Caller, Person, Policy, Provider, Trust, Usage
from egide.ports import Accepted, Need

CALLER = Caller(Person("p-1"), Usage("redaction", "Rédaction"), "k-1")
PROVIDER = Provider("ailleurs", "Service de M. Dupont", "openai", "http://a", Trust.PUBLIC)
TEXT = "Mme Garrigou"
JUDGED = judge(
    Policy.default(),
    CALLER,
    PROVIDER,
    [Slot("x", TEXT, lambda masked: None)],
    [[Finding(4, 12, "PERSON", 1.0, "t", "")]],
)
KNOWN = Known("ex-1", "api", "openai-chat", CALLER, "prudent-1", Route(PROVIDER, "Modèle é", False), JUDGED)
NEED = Need("p-1", "redaction", "ailleurs", "prudent-1", "b" * 64, "api", approval=True)


def test_every_record_is_one_that_the_journal_takes_and_holds_no_value() -> None:
    closing = Closing("complete", Outcome(3, 4, "stop"), 200, 10, "a" * 64, 1.23456, 2.5)
    entries = [
        KNOWN.opened(b"{}", streamed=True, kept=1, hidden=0),
        KNOWN.refused("EG-3001"),
        KNOWN.closed(closing),
    ]
    for entry in entries:
        check_entry(entry)
        assert "Garrigou" not in str(entry)
        assert "Dupont" not in str(entry)
    opened, refused, closed = (dict(entry.details) for entry in entries)
    assert opened["labels"] == opened["masked"] == {"PERSON": 1}
    assert (opened["action"], opened["trust"], opened["justified"]) == ("mask", "public", False)
    assert opened["adjusted"] == {"kept": 1, "hidden": 0}
    assert refused["error"] == "EG-3001"
    assert (closed["input_tokens"], closed["output_tokens"], closed["finish"]) == (3, 4, "stop")
    assert closed["first_ms"] == 1.2


def test_a_reason_is_told_by_its_name_its_content_and_who_decided() -> None:
    waits = replace(KNOWN, need=NEED, pending="ju-1")
    goes_on = replace(KNOWN, need=NEED, accepted=Accepted("ju-1", "p-9", approved=True))
    refused, opened = waits.refused("EG-3021"), goes_on.opened(b"{}", streamed=False, kept=0, hidden=0)
    for entry in (refused, opened):
        check_entry(entry)
        assert entry.details["justification_id"] == "ju-1"
        assert entry.details["content_digest"] == "b" * 64
    assert "decided_by_id" not in refused.details
    assert (opened.details["justified"], opened.details["approved"]) == (True, True)
    assert opened.details["decided_by_id"] == "p-9"


def test_what_is_not_known_is_not_there() -> None:
    details = Known("ex-1", "api", "openai-chat", CALLER, "prudent-1").refused("EG-4002").details
    assert not {"provider", "model", "labels", "conversation"} & details.keys()
    closing = Closing("abandoned", Outcome(), None, 0, "a" * 64, None, 2.5, "EG-4008").details()
    assert not {"input_tokens", "output_tokens", "finish", "first_ms"} & closing.keys()
    assert closing["error"] == "EG-4008"
