from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from egide.errors import EgideError, PolicyError, WorkspaceError
from egide.policy import Action, Policy, Role, Trust
from egide.policy.document import PROFILE
from egide.policy.editing import Target, with_line, with_professions, with_profile
from egide.workspace.accounts.models import User
from egide.workspace.policies import drafts, versions

PRUDENT = Policy.default().document
BLOCKED = dict.fromkeys(Trust, Action.BLOCK)


def _seen() -> int:
    draft = drafts.current()
    return draft.revision if draft else 0


def test_a_draft_changes_nothing_until_it_is_published(person: Callable[..., User]) -> None:
    anne = person(Role.PILOT)
    drafts.change(lambda one: with_professions(one, ["notaire"]), 0, anne)
    assert versions.in_force() == Policy.default()
    assert drafts.document_of(drafts.current()).professions == ("notaire",)
    made = drafts.publish(_seen(), 0, anne, "Étude notariale")
    assert made.number == 1
    assert drafts.current() is None
    assert versions.in_force().document.professions == ("notaire",)


def test_changes_add_up(db: None) -> None:
    drafts.change(lambda one: with_professions(one, ["notaire"]), 0, None)
    drafts.change(lambda one: with_profile(one, "strict"), _seen(), None)
    drafts.change(lambda one: with_line(one, Target("label", "URL"), BLOCKED), _seen(), None)
    document = drafts.document_of(drafts.current())
    assert (document.profile, document.professions) == ("strict", ("notaire",))
    assert len(document.rules) == len(Policy.load("strict").document.rules) + 1


def test_nobody_changes_publishes_or_discards_what_they_have_not_seen(db: None) -> None:
    drafts.change(lambda one: with_professions(one, ["notaire"]), 0, None)
    seen = _seen()
    drafts.change(lambda one: with_profile(one, "strict"), seen, None)
    for late in (
        lambda: drafts.change(lambda one: with_profile(one, "open"), seen, None),
        lambda: drafts.change(lambda one: with_profile(one, "open"), 0, None),
        lambda: drafts.replace(PRUDENT, seen, None),
        lambda: drafts.publish(seen, 0, None, "Essai"),
        lambda: drafts.discard(seen),
    ):
        with pytest.raises(WorkspaceError, match="EG-6131"):
            late()
    assert drafts.document_of(drafts.current()).profile == "strict"


def test_a_draft_made_anew_is_not_mistaken_for_the_one_put_aside(db: None) -> None:
    drafts.change(lambda one: with_professions(one, ["notaire"]), 0, None)
    seen = _seen()
    drafts.discard(seen)
    with pytest.raises(WorkspaceError, match="EG-6131"):
        drafts.change(lambda one: with_profile(one, "open"), seen, None)


def test_without_a_draft_nothing_is_published(db: None) -> None:
    with pytest.raises(WorkspaceError, match="EG-6130"):
        drafts.publish(0, 0, None, "Essai")


def test_a_refused_publication_keeps_the_draft(db: None) -> None:
    drafts.change(lambda one: with_professions(one, ["notaire"]), 0, None)
    with pytest.raises(WorkspaceError, match="EG-6132"):
        drafts.publish(_seen(), 0, None, "")
    assert drafts.current() is not None


def test_an_exported_policy_is_imported_as_it_was(db: None) -> None:
    document = with_line(
        with_professions(PRUDENT, ["avocat"]), Target("class", "banking"), BLOCKED, ["devis"]
    )
    text = Policy.of(document).to_yaml()
    assert drafts.imported(text.encode()) == document
    assert drafts.imported(b"\xef\xbb\xbf" + text.encode()) == document
    for name in ("prudent", "strict", "open"):
        assert drafts.imported(Policy.load(name).to_yaml().encode()) == Policy.load(name).document


def test_a_floor_lowered_by_hand_is_put_back(db: None) -> None:
    document = with_professions(PRUDENT, ["avocat"])
    content = yaml.safe_load(Policy.of(document).to_yaml())
    for floor in content["floors"]:
        floor["actions"] = dict.fromkeys(floor["actions"], "allow")
        floor["sentences"] = {"allow": "Tout est permis."}
    content["floors"] = content["floors"][:1]
    assert drafts.imported(yaml.safe_dump(content).encode()) == document


def test_rules_of_a_profile_changed_by_hand_are_kept_but_no_longer_the_profiles(db: None) -> None:
    document = with_line(PRUDENT, Target("class", "banking"), BLOCKED)
    content = yaml.safe_load(Policy.of(document).to_yaml())
    content["rules"][1]["actions"]["local"] = "justify"
    del content["rules"][1]["sentences"]["allow"]
    kept = drafts.imported(yaml.safe_dump(content, allow_unicode=True).encode())
    assert kept.profile is None
    assert (
        next(r for r in kept.rules if r.id == content["rules"][1]["id"]).actions[Trust.LOCAL]
        is Action.JUSTIFY
    )
    assert {rule.origin for rule in kept.rules} == {PROFILE, "company"}


def test_a_file_never_takes_the_name_of_a_shipped_policy(db: None) -> None:
    content = yaml.safe_load(Policy.load("open").to_yaml())
    content["name"] = "strict"
    with pytest.raises(PolicyError, match="politique fournie"):
        drafts.imported(yaml.safe_dump(content).encode())


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"x" * (drafts.MOST_BYTES + 1), b"name: [", b"{}"])
def test_what_is_no_policy_file_is_refused(data: bytes, db: None) -> None:
    with pytest.raises(EgideError, match=r"EG-3004|EG-6138"):
        drafts.imported(data)
