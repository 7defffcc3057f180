from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.making import ACTIONS, LINES, TARGETS, contexts, documents

from egide.checks.settings import CheckSettings, Response, Unsent
from egide.detection.labels import DATA_CLASSES, LABELS
from egide.errors import PolicyError
from egide.policy import Action, Policy, Role, Trust
from egide.policy import editing as edits
from egide.policy.document import COMPANY, PolicyDocument
from egide.policy.editing import Target
from egide.policy.professions import packs
from egide.policy.table import build_table

BANKING = Target("class", "banking")
ALL_ALLOW = dict.fromkeys(Trust, Action.ALLOW)


@given(document=documents())
@settings(max_examples=25, deadline=None)
def test_every_cell_has_exactly_one_action_and_a_rule_that_gives_it(document: PolicyDocument) -> None:
    rules = {rule.id: rule for rule in (*document.rules, *document.floors)}
    for usage, role, trust in contexts():
        table = build_table(document, usage, role, trust)
        assert set(table) == set(LABELS)
        for label, cell in table.items():
            rule = rules[cell.rule]
            assert label in rule.covers
            assert rule.actions[trust] is cell.action
            assert cell.sentence == rule.sentences[cell.action]


@given(document=documents(), name=st.sampled_from(list(packs())))
@settings(max_examples=25, deadline=None)
def test_a_profession_never_loosens_any_cell(document: PolicyDocument, name: str) -> None:
    tightened = edits.with_professions(document, [*document.professions, name])
    for context in contexts():
        before, after = build_table(document, *context), build_table(tightened, *context)
        for label in LABELS:
            assert after[label].action.severity >= before[label].action.severity
        for floor in packs()[name].floors:
            for label in floor.covers:
                assert after[label].action.severity >= floor.actions[context[2]].severity


@given(document=documents(), line=LINES)
@settings(max_examples=20, deadline=None)
def test_no_rule_of_the_company_lifts_what_a_profession_asks(document: PolicyDocument, line: tuple) -> None:  # type: ignore[type-arg]
    changed = edits.with_line(document, *line)
    for context in contexts():
        table = build_table(changed, *context)
        for floor in document.floors:
            for label in floor.covers:
                assert table[label].action.severity >= floor.actions[context[2]].severity


@given(document=documents())
@settings(max_examples=20, deadline=None)
def test_the_file_gives_the_same_policy_back(document: PolicyDocument) -> None:
    policy = Policy.of(document)
    assert Policy.from_yaml(policy.to_yaml()) == policy


@given(document=documents(), line=LINES)
@settings(max_examples=25, deadline=None)
def test_a_line_that_is_added_decides_for_its_target_and_is_undone_whole(
    document: PolicyDocument,
    line: tuple,  # type: ignore[type-arg]
) -> None:
    target, actions, usages, roles = line
    bare = edits.without_line(edits.with_professions(document, []), target, usages, roles)
    changed = edits.with_line(bare, *line)
    said = next(
        one
        for one in edits.lines(changed)
        if one.key == (target, tuple(sorted(usages)), tuple(sorted(roles)))
    )
    assert dict(said.actions) == actions
    assert edits.without_line(changed, target, usages, roles) == bare


@given(actions=ACTIONS, target=st.sampled_from(TARGETS))
@settings(max_examples=20, deadline=None)
def test_a_rule_for_everybody_replaces_the_profiles(actions: dict[Trust, Action], target: Target) -> None:
    document = edits.with_line(Policy.default().document, target, actions)
    for context in contexts():
        table = build_table(document, *context)
        for label in LABELS if target.kind == "class" else [target.name]:
            if target.kind == "label" or LABELS[label].data_class == target.name:
                assert table[label].action is actions[context[2]]


def test_a_class_never_loosens_what_the_profile_says_of_one_label() -> None:
    document = edits.with_line(Policy.load("strict").document, BANKING, ALL_ALLOW)
    table = build_table(document, "", Role.PILOT, Trust.PUBLIC)
    assert (table["IBAN"].action, table["CARD"].action) == (Action.ALLOW, Action.BLOCK)


def test_saying_what_the_profile_says_needs_no_rule() -> None:
    prudent = Policy.default().document
    same = next(line for line in edits.lines(prudent) if line.target == BANKING)
    assert edits.with_line(prudent, BANKING, same.actions) == prudent
    changed = edits.with_line(prudent, BANKING, ALL_ALLOW)
    assert edits.with_line(changed, BANKING, same.actions) == prudent


def test_another_profile_keeps_the_companys_rules_and_professions() -> None:
    document = edits.with_line(Policy.default().document, BANKING, ALL_ALLOW, ["devis"])
    document = edits.with_professions(document, ["avocat", "notaire"])
    moved = edits.with_profile(document, "strict")
    assert (moved.name, moved.profile) == ("strict-entreprise", "strict")
    assert moved.professions == ("avocat", "notaire")
    assert [rule.usages for rule in moved.rules if rule.origin == COMPANY] == [("devis",)]
    assert edits.with_profile(moved, "prudent") == document
    bare = edits.without_line(edits.with_professions(moved, []), BANKING, ["devis"])
    assert bare == Policy.load("strict").document


def test_a_rule_on_several_targets_loses_only_the_one_that_is_removed() -> None:
    document = edits.with_line(Policy.default().document, BANKING, ALL_ALLOW)
    own = next(rule for rule in document.rules if rule.origin == COMPANY)
    both = own.model_copy(update={"classes": ("banking", "financial")})
    rules = tuple(both if rule.id == own.id else rule for rule in document.rules)
    left = edits.without_line(document.model_copy(update={"rules": rules}), BANKING)
    assert [rule.classes for rule in left.rules if rule.origin == COMPANY] == [("financial",)]


def test_classes_come_before_labels_and_everybody_before_some() -> None:
    document = edits.with_line(Policy.load("strict").document, BANKING, ALL_ALLOW, ["devis"])
    shown = [line for line in edits.lines(document) if line.target.data_class == "banking"]
    assert [(str(line.target), line.usages) for line in shown] == [
        ("class:banking", ()),
        ("class:banking", ("devis",)),
        ("label:CARD", ()),
    ]
    classes = [line.target.data_class for line in edits.lines(document)]
    assert list(dict.fromkeys(classes)) == list(DATA_CLASSES)


@pytest.mark.parametrize(
    "text", ["", "class:", "class:IBAN", "label:banking", "label:iban", "autre:IBAN", "IBAN"]
)
def test_a_target_that_does_not_exist_is_none(text: str) -> None:
    assert Target.parse(text) is None


def test_a_target_is_read_as_it_is_written() -> None:
    assert [Target.parse(str(target)) for target in TARGETS] == TARGETS


def test_the_version_of_a_content_is_the_same_in_every_process() -> None:
    told = (
        "from egide.policy import Policy; from egide.policy.editing import with_professions;"
        "print(Policy.of(with_professions(Policy.default().document, ['medecin', 'avocat'])).version)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", told],
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    here = Policy.of(edits.with_professions(Policy.default().document, ["medecin", "avocat"])).version
    assert said == {here + "\n"}


def test_a_rule_of_a_file_that_has_the_id_of_a_floor_is_told_and_never_mixed_up() -> None:
    document = Policy.default().document
    taken = packs()["avocat"].floors[0].id
    rules = (document.rules[0].model_copy(update={"id": taken}), *document.rules[1:])
    with pytest.raises(PolicyError, match="EG-3010"):
        edits.with_professions(document.model_copy(update={"rules": rules}), ["avocat"])


def test_settings_of_the_checks_make_a_policy_of_the_companys_own() -> None:
    masked = edits.with_checks(Policy.default().document, CheckSettings(unsent=Unsent.MASK))
    assert (masked.name, masked.profile) == ("prudent-entreprise", "prudent")
    assert Policy.from_yaml(Policy.of(masked).to_yaml()).document == masked
    back = edits.with_checks(masked, Policy.default().document.checks)
    assert back == Policy.default().document


def test_another_profile_brings_its_own_checks() -> None:
    strict = edits.with_profile(edits.with_checks(Policy.default().document, CheckSettings()), "strict")
    assert strict.checks == Policy.load("strict").document.checks
    assert strict.checks.unsent is Unsent.MASK


def test_what_the_company_set_of_the_checks_stays_with_another_profile() -> None:
    prudent = Policy.load("prudent").document
    own = edits.with_checks(prudent, prudent.checks.model_copy(update={"people": Response.REFUSE}))
    strict = edits.with_profile(own, "strict")
    shipped = Policy.load("strict").document.checks
    assert strict.checks == shipped.model_copy(update={"people": Response.REFUSE})
    assert edits.with_profile(prudent, "strict").checks == shipped
