from __future__ import annotations

from hypothesis import given, settings
from tests.policy.making import contexts, documents

from egide.policy import Action, Policy, Role, Trust
from egide.policy import editing as edits
from egide.policy.document import PolicyDocument
from egide.policy.editing import Target
from egide.policy.table import build_table
from egide.policy.voices import voices


@given(document=documents())
@settings(max_examples=15, deadline=None)
def test_one_voice_decides_each_cell_and_says_what_happens(document: PolicyDocument) -> None:
    for context in contexts():
        table = build_table(document, *context)
        for label, said in voices(document, *context).items():
            assert [voice.decides for voice in said] == [True] + [False] * (len(said) - 1)
            assert said[0].action is table[label].action


def test_the_profile_the_company_and_the_profession_are_told_apart() -> None:
    document = edits.with_professions(Policy.default().document, ["avocat"])
    allow = dict.fromkeys(Trust, Action.ALLOW)
    document = edits.with_line(document, Target("class", "banking"), allow)
    said = voices(document, "", Role.COLLABORATOR, Trust.PUBLIC)["IBAN"]
    assert [(voice.origin, voice.action) for voice in said] == [
        ("profession:avocat", Action.BLOCK),
        ("profile", Action.MASK),
        ("company", Action.ALLOW),
    ]
    inside = voices(document, "", Role.COLLABORATOR, Trust.LOCAL)["IBAN"]
    assert [voice.origin for voice in inside] == ["company", "profile"]
