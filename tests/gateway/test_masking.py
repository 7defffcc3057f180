from __future__ import annotations

import pytest
from tests.gateway.staging import KEYRING

from egide.detection import Finding
from egide.errors import GatewayError, PolicyError
from egide.gateway.masking import NONE, Judged, judge, mask, refuse
from egide.gateway.slots import Kind, Slot
from egide.policy import Action, Caller, Decision, Person, Policy, Provider, Treatment, Trust, Usage
from egide.policy.editing import Target, with_line
from egide.ports import Adjustments
from egide.pseudonymisation import Pseudonymiser, Scope

CALLER = Caller(Person("p-1"), Usage("redaction", "Rédaction"))
PUBLIC = Provider("a", "A", "openai", "http://a/v1", Trust.PUBLIC)
LOCAL = Provider("b", "B", "openai", "http://b/v1", Trust.LOCAL)
SCOPE = Scope("acme", "p-1", "redaction")


def slot(text: str, written: list[str], kind: Kind = Kind.TEXT) -> Slot:
    return Slot("f.x", text, written.append, kind)


def finding(text: str, value: str, label: str) -> Finding:
    start = text.index(value)
    return Finding(start, start + len(value), label, 1.0, "test", "")


def judged(provider: Provider, *marked: tuple[str, str, str], adjustments: Adjustments = NONE) -> Judged:
    slots = [slot(text, []) for text, _, _ in marked]
    found = [[finding(*one)] for one in marked]
    return judge(Policy.default(), CALLER, provider, slots, found, adjustments)


def test_findings_of_all_texts_are_decided_on_together() -> None:
    result = judged(PUBLIC, ("M. Dupont", "Dupont", "PERSON"), ("tel 01", "01", "PHONE"))
    assert result.decision.action is Action.MASK
    assert [[f.label for f in findings] for findings in result.hidden] == [["PERSON"], ["PHONE"]]
    assert result.labels == {"PERSON": 1, "PHONE": 1}


def test_a_local_provider_reads_in_clear() -> None:
    assert judged(LOCAL, ("M. Dupont", "Dupont", "PERSON")).hidden == [[]]


def test_a_block_and_a_justification_are_told_by_their_labels() -> None:
    with pytest.raises(PolicyError) as blocked:
        refuse(judged(PUBLIC, ("le mdp abc", "abc", "SECRET")).decision, justified=True)
    assert (blocked.value.code, blocked.value.fields["labels"]) == ("EG-3001", "mot de passe, clé ou code")
    asked = judged(PUBLIC, ("il est malade", "malade", "HEALTH")).decision
    with pytest.raises(PolicyError) as unjustified:
        refuse(asked, justified=True)
    assert (unjustified.value.code, unjustified.value.fields["labels"]) == ("EG-3002", "information de santé")
    refuse(asked, approved=True)


def test_what_must_go_elsewhere_is_refused_here() -> None:
    one = finding("abc", "abc", "PERSON")
    decision = Decision(Action.REROUTE, "r", "c", "e", (Treatment(one, Action.REROUTE, "r"),))
    with pytest.raises(PolicyError) as refused:
        refuse(decision, justified=True)
    assert refused.value.code == "EG-3001"


def test_the_masked_text_is_written_and_a_clear_one_left() -> None:
    written: list[str] = []
    slots = [slot("M. Dupont", written), slot("rien", written)]
    result = judge(Policy.default(), CALLER, PUBLIC, slots, [[finding("M. Dupont", "Dupont", "PERSON")], []])
    mask(Pseudonymiser(KEYRING).session(SCOPE), slots, result)
    assert len(written) == 1
    assert written[0].startswith("M. [PERSONNE_")


def test_a_name_that_holds_a_value_is_refused_by_its_path() -> None:
    written: list[str] = []
    slots = [slot("dupont", written, Kind.NAME)]
    result = judge(Policy.default(), CALLER, PUBLIC, slots, [[finding("dupont", "dupont", "PERSON")]])
    with pytest.raises(GatewayError) as refused:
        mask(Pseudonymiser(KEYRING).session(SCOPE), slots, result)
    assert (refused.value.code, refused.value.fields["field"]) == ("EG-4016", "f.x")
    assert not written


def test_a_placeholder_of_the_caller_s_is_not_masked_again() -> None:
    session, written = Pseudonymiser(KEYRING).session(SCOPE), list[str]()
    held = session.mask("Dupont", [finding("Dupont", "Dupont", "PERSON")])
    text = f"écrire à {held}"
    slots = [slot(text, written)]
    inside = Finding(text.index("_") + 1, len(text) - 1, "SECRET", 1.0, "test", "")
    mask(session, slots, Judged(judged(PUBLIC).decision, [[inside]]))
    assert not written


@pytest.mark.parametrize(("label", "action"), [("HEALTH", Action.APPROVE), ("SECRET", Action.BLOCK)])
def test_hiding_more_lifts_nothing(label: str, action: Action) -> None:
    text = "Elle a dit une longue chose en privé."
    wider = Adjustments(hide=("une longue chose en privé",))
    result = judged(PUBLIC, (text, "longue chose", label), adjustments=wider)
    assert result.decision.action is action
    (found,) = result.hidden[0]
    assert (text[found.start : found.end], found.label) == ("une longue chose en privé", label)


@pytest.mark.parametrize("action", [Action.REROUTE, Action.APPROVE, Action.BLOCK])
def test_what_the_policy_stops_is_not_a_person_s_to_keep(action: Action) -> None:
    line = with_line(Policy.default().document, Target("class", "identity"), dict.fromkeys(Trust, action))
    text, keep = "M. Dupont", Adjustments(keep=("Dupont",))
    found = [[finding(text, "Dupont", "PERSON")]]
    result = judge(Policy.of(line), CALLER, PUBLIC, [slot(text, [])], found, keep)
    assert (result.decision.action, result.kept) == (action, {})


def test_what_a_person_keeps_in_clear_is_counted() -> None:
    result = judged(PUBLIC, ("M. Dupont", "Dupont", "PERSON"), adjustments=Adjustments(keep=("dupont",)))
    assert (result.hidden, result.kept) == ([[]], {"PERSON": 1})


def test_a_person_s_choices_come_before_the_policy() -> None:
    keep = judged(
        PUBLIC, ("M. Dupont", "Dupont", "PERSON"), adjustments=Adjustments(keep=frozenset({"DUPONT"}))
    )
    assert keep.hidden == [[]]
    hide = judged(
        LOCAL, ("M. Dupont", "Dupont", "PERSON"), adjustments=Adjustments(hide=frozenset({"dupont"}))
    )
    assert [f.label for f in hide.hidden[0]] == ["PERSON"]  # although this provider reads in clear
    assert hide.decision.action is Action.MASK
    secret = judged(PUBLIC, ("le mdp abc", "abc", "SECRET"), adjustments=Adjustments(keep=frozenset({"abc"})))
    assert secret.decision.action is Action.BLOCK
