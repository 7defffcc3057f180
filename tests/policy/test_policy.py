from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection.labels import LABELS
from egide.errors import PolicyError
from egide.policy import Action, Decision, Policy, Trust

Decide = Callable[..., Decision]
OUTSIDE = (Trust.PUBLIC, Trust.CONTRACT, Trust.EUROPEAN)
SHIPPED = ("open", "prudent", "strict")
MASKED = {"identity", "contact", "official_id", "banking", "financial", "contractual", "technical"}
SENSITIVE = {"health", "special_category", "criminal"}


def _expected(data_class: str, trust: Trust) -> Action:
    if data_class == "credential":
        return Action.BLOCK
    if data_class not in SENSITIVE:
        return Action.MASK
    # A pilot decides towards a public service; of offences (RGPD, article 10), towards any.
    decided = trust is Trust.PUBLIC or data_class == "criminal"
    return Action.APPROVE if decided else Action.JUSTIFY


@pytest.mark.parametrize("label", sorted(LABELS))
def test_the_prudent_policy_lets_nothing_out_in_clear(decide: Decide, label: str) -> None:
    for trust in OUTSIDE:
        decision = decide(Policy.default(), trust, label)
        assert decision.action is _expected(LABELS[label].data_class, trust)
        assert [finding.label for finding in decision.masked] == [label]
    assert decide(Policy.default(), Trust.LOCAL, label).action is Action.ALLOW


@pytest.mark.parametrize("label", sorted(LABELS))
def test_more_trust_is_never_stricter_and_the_three_policies_are_in_order(decide: Decide, label: str) -> None:
    severities = [
        [decide(Policy.load(name), trust, label).action.severity for trust in Trust] for name in SHIPPED
    ]
    assert all(row == sorted(row, reverse=True) for row in severities)
    assert [list(column) for column in zip(*severities, strict=True)] == [
        sorted(column) for column in zip(*severities, strict=True)
    ]


def test_no_shipped_policy_sends_personal_data_in_clear(decide: Decide) -> None:
    personal = {"identity", "contact", "official_id", "banking", "credential", *SENSITIVE}
    labels = [name for name, label in LABELS.items() if label.data_class in personal]
    for name in SHIPPED:
        for trust in OUTSIDE:
            assert len(decide(Policy.load(name), trust, *labels).masked) == len(labels)


@given(labels=st.lists(st.sampled_from([*sorted(LABELS), "INCONNU"]), min_size=1, max_size=8))
def test_the_strictest_treatment_decides_and_every_finding_has_one(decide: Decide, labels: list[str]) -> None:
    for trust in Trust:
        decision = decide(Policy.default(), trust, *labels)
        assert [t.finding.label for t in decision.treatments] == labels
        strictest = max(decision.treatments, key=lambda t: t.action.severity)
        assert decision.action is strictest.action
        assert decision.rule in {t.rule for t in decision.treatments if t.action is decision.action}
        if "INCONNU" in labels:
            assert decision.action is Action.BLOCK


def test_a_text_without_findings_goes_on_with_a_word_of_caution(decide: Decide) -> None:
    decision = decide(Policy.default(), Trust.PUBLIC)
    assert (decision.action, decision.rule, decision.treatments) == (Action.ALLOW, "rien-reconnu", ())
    assert "Relisez" in decision.explanation
    assert decision.charter.startswith("Principes : «")


def test_a_decision_quotes_its_charter_line(decide: Decide) -> None:
    decision = decide(Policy.default(), Trust.PUBLIC, "SECRET")
    assert decision.charter.startswith("Données : ce qui peut être partagé : « Je ne saisis jamais")


def test_the_policy_page_says_what_applies_to_each_trust() -> None:
    for name in SHIPPED:
        policy = Policy.load(name)
        for trust in Trust:
            said = policy.sentences(trust)
            assert len(said) == len(set(said)) >= 5
            assert all(sentence.endswith(".") for sentence in said)
    outside, inside = (Policy.default().sentences(t) for t in (Trust.PUBLIC, Trust.LOCAL))
    assert "jamais envoyés" in outside[0]
    assert "installé dans l'entreprise" in inside[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_policy_written_and_read_again_is_the_same(name: str, tmp_path: Path) -> None:
    policy = Policy.load(name)
    file = tmp_path / "politique.yaml"
    file.write_text(policy.to_yaml(), encoding="utf-8")
    assert Policy.load(file) == policy
    assert Policy.load(str(file)).version == policy.version


def test_the_version_changes_with_the_content_and_not_with_the_layout() -> None:
    policy = Policy.default()
    text = policy.to_yaml()
    assert policy.version.startswith("prudent-")
    assert Policy.from_yaml(f"# un commentaire\n{text}").version == policy.version
    assert Policy.from_yaml(text.replace("RGPD-32", "RGPD-33", 1)).version != policy.version


@pytest.mark.parametrize("name", ["inconnue", "../../prudent", "", "."])
def test_an_unknown_name_or_file_is_refused(name: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        Policy.load(name)
    assert refusal.value.code == "EG-3003"
    assert "open, prudent, strict" in str(refusal.value)
