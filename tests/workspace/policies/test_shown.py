from __future__ import annotations

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given, settings
from tests.policy.making import USAGES, documents

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy.comparing import compare
from egide.policy.document import PolicyDocument
from egide.policy.editing import Target, with_line, with_professions
from egide.policy.phrasing import NOUNS, outcome
from egide.policy.policy import names
from egide.policy.table import build_table
from egide.workspace.policies.shown import WORDS, effective, groups, origin

PRUDENT = Policy.default().document
FRENCH = re.compile(
    r"[éèêàç«»]|\b(?:les?|la|sont|est|pour|sauf|où|et|ils|elles|services? (?:local|européen))\b"
)


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


@pytest.mark.parametrize("name", sorted(names()))
def test_in_english_no_sentence_is_left_in_french(name: str) -> None:
    blocked = dict.fromkeys(Trust, Action.BLOCK)
    before = Policy.load(name).document
    after = with_line(with_professions(before, ["avocat"]), Target("class", "banking"), blocked, ["quotes"])
    with translation.override("en"):
        told = [
            line
            for group in groups(after, {"quotes": "Quotes"})
            for line in (
                *(one.sentence for one in group.lines),
                *(one.replaced for one in group.lines),
                *(row.name for row in group.rows),
            )
        ]
        told += [line for trust in Trust for line in effective(after, "quotes", Role.PILOT, trust, gettext)]
        changes = compare(before, after, {"quotes": "Quotes"}, gettext)
        told += [*changes.stricter, *changes.looser, *changes.kept]
    assert any("“Quotes”" in line for line in told)
    assert not [line for line in told if FRENCH.search(line)]


def test_the_charter_keeps_the_sentences_in_french_whatever_the_page() -> None:
    french = effective(PRUDENT, "", Role.COLLABORATOR, Trust.PUBLIC)
    with translation.override("en"):
        assert effective(PRUDENT, "", Role.COLLABORATOR, Trust.PUBLIC) == french
