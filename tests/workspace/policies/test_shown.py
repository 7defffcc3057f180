from __future__ import annotations

from hypothesis import given, settings
from tests.policy.making import USAGES, documents

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy.document import PolicyDocument
from egide.policy.editing import Target, with_line, with_professions
from egide.policy.phrasing import NOUNS, outcome
from egide.policy.table import build_table
from egide.workspace.policies.shown import WORDS, effective, groups, origin

PRUDENT = Policy.default().document


@given(document=documents())
@settings(max_examples=15, deadline=None)
def test_any_policy_is_shown_whole(document: PolicyDocument) -> None:
    for usage in ("", *USAGES):
        shown = groups(document, {}, usage, Role.PILOT)
        assert [group.id for group in shown] == list(DATA_CLASSES)
        for group in shown:
            assert all(len(row.cells) == len(Trust) for row in group.rows)
            assert all(cell.word in WORDS.values() and cell.by for row in group.rows for cell in row.cells)
        for trust in Trust:
            said = effective(document, usage, Role.PILOT, trust)
            table = build_table(document, usage, Role.PILOT, trust)
            cells = {(LABELS[label].data_class, table[label].action) for label in LABELS}
            assert len(said) == len(cells)


def test_labels_that_go_another_way_than_their_class_are_told_apart() -> None:
    document = with_professions(PRUDENT, ["avocat"])
    banking = next(one for one in groups(document, {}) if one.id == "banking")
    assert [row.name for row in banking.rows] == ["Les coordonnées bancaires"]
    identity = next(one for one in groups(document, {}) if one.id == "identity")
    assert [row.name for row in identity.rows] == [
        "Les noms de personnes, les noms d'organisations et les dates de naissance",
        "Les lieux",
    ]
    assert not identity.plain
    assert all(one.plain for one in groups(PRUDENT, {}))


def test_a_usages_own_rule_shows_in_its_own_cells_only() -> None:
    blocked = dict.fromkeys(Trust, Action.BLOCK)
    document = with_line(PRUDENT, Target("class", "banking"), blocked, ["devis"])
    for usage, word in (("devis", "Bloqué"), ("", "Masqué")):
        banking = next(one for one in groups(document, {}, usage) if one.id == "banking")
        assert banking.rows[0].cells[0].word == word
    said = effective(document, "devis", Role.COLLABORATOR, Trust.LOCAL)
    assert outcome(NOUNS["banking"], Action.BLOCK) in said


def test_an_origin_that_the_reference_no_longer_lists_keeps_its_id() -> None:
    assert [origin(name) for name in ("profile", "company", "profession:avocat", "profession:ancien")] == [
        "profil",
        "entreprise",
        "métier : Avocat",
        "métier : ancien",
    ]


def test_what_no_rule_covers_is_shown_blocked_whatever_a_profession_would_accept() -> None:
    rules = tuple(rule for rule in PRUDENT.rules if "banking" not in rule.classes)
    document = with_professions(PRUDENT.model_copy(update={"name": "maison", "rules": rules}), ["avocat"])
    banking = next(one for one in groups(document, {}) if one.id == "banking")
    for cell in banking.rows[0].cells:
        assert (cell.word, cell.by) == ("Bloqué", "aucune règle")
    assert banking.lines == ()
